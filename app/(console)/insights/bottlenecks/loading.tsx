import { LoadingList } from "@/components/organisation/loading-list";

export default function BottlenecksLoading() {
  return (
    <LoadingList
      title="Bottlenecks"
      description="Where drafts wait, who carries the load, where time runs out, and when nobody is there."
    />
  );
}
