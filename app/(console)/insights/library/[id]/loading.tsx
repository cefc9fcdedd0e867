import { LoadingDetail } from "@/components/organisation/loading-list";

export default function ExampleLoading() {
  return <LoadingDetail label="the example" />;
}
