import { LoadingReview } from "@/components/review/loading-review";

export default function ReviewLoading() {
  return <LoadingReview item={null} />;
}
