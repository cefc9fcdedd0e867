import { LoadingList } from "@/components/organisation/loading-list";
import { AGENTS } from "@/components/organisation/page-words";

export default function AgentsLoading() {
  return <LoadingList {...AGENTS} />;
}
