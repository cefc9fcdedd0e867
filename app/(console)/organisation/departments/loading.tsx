import { LoadingList } from "@/components/organisation/loading-list";
import { DEPARTMENTS } from "@/components/organisation/page-words";

export default function DepartmentsLoading() {
  return <LoadingList {...DEPARTMENTS} />;
}
