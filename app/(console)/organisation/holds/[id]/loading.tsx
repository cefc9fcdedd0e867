import { LoadingDetail } from "@/components/organisation/loading-list";

export default function HoldLoading() {
  return <LoadingDetail label="the hold" />;
}
