import { LoadingDetail } from "@/components/organisation/loading-list";

export default function PersonLoading() {
  return <LoadingDetail label="the person" />;
}
