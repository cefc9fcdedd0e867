import { LoadingDetail } from "@/components/organisation/loading-list";

export default function GroupLoading() {
  return <LoadingDetail label="the group" />;
}
