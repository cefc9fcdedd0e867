import { LoadingList } from "@/components/organisation/loading-list";
import { GROUPS } from "@/components/organisation/page-words";

export default function GroupsLoading() {
  return <LoadingList {...GROUPS} />;
}
