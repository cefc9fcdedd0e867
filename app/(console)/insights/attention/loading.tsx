import { LoadingList } from "@/components/organisation/loading-list";

export default function AttentionLoading() {
  return <LoadingList title="Attention" description="Whether drafts are truly looked at." />;
}
