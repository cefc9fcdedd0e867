import { LoadingDetail } from "@/components/organisation/loading-list";

export default function AgentLoading() {
  return <LoadingDetail label="the agent" />;
}
