import { LoadingRows } from "@/components/inbox/loading-rows";

export default function InboxLoading() {
  return (
    <>
      <div className="h-12 border-b" />
      <LoadingRows />
    </>
  );
}
