import { LinkButton } from "@/components/organisation/link-button";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";

/** For somebody who may look at schedules and not change them. */
export function NeedsAdmin({ title }: { title: string }) {
  return (
    <PageFrame title={title}>
      <EmptyState title="Only admins publish schedules">
        <LinkButton href="/organisation/on-call">See who is on call</LinkButton>
      </EmptyState>
    </PageFrame>
  );
}
