import { LoadingList } from "@/components/organisation/loading-list";

export default function QuarterLoading() {
  return <LoadingList title="Quarterly review" description="What the quarter asks somebody to do." />;
}
