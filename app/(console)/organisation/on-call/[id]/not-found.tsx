import { LinkButton } from "@/components/organisation/link-button";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";

export default function ScheduleNotFound() {
  return (
    <PageFrame title="No such schedule">
      <EmptyState title="There is no schedule at this address">
        <LinkButton href="/organisation/on-call">All schedules</LinkButton>
      </EmptyState>
    </PageFrame>
  );
}
