import { LoadingList } from "@/components/organisation/loading-list";

export default function Loading() {
  return (
    <LoadingList
      title="Promotions"
      description="Running by itself is earned: past decisions say up to where, a second person accepts it, it is checked afterwards and it ends by itself."
    />
  );
}
