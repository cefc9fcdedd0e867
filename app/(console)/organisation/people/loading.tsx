import { LoadingList } from "@/components/organisation/loading-list";
import { PEOPLE } from "@/components/organisation/page-words";

export default function PeopleLoading() {
  return <LoadingList {...PEOPLE} />;
}
