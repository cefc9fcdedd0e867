import { LoadingDetail } from "@/components/organisation/loading-list";

export default function DepartmentLoading() {
  return <LoadingDetail label="the department" />;
}
