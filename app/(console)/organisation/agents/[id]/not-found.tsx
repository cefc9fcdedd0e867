import { NotFound } from "@/components/ui/not-found";

export default function AgentNotFound() {
  return <NotFound what="There is no such agent" />;
}
