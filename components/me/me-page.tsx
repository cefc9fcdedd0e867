import { PersonAttentionView } from "@/components/insights/attention/person-attention";
import { PageFrame } from "@/components/organisation/page-frame";
import { Panel } from "@/components/ui/panel";
import type { PersonAttention } from "@/lib/insights/attention/types";
import type { QuietHours } from "@/lib/preferences/quiet-hours";
import { BrowserNoticesSwitch } from "./browser-notices-switch";
import { OwnFigures } from "./own-figures";
import { QuietHoursForm } from "./quiet-hours-form";

/** A person's own page: their figures, and when Countersign may speak to them. */
export function MePage({
  quietHours,
  mayDecide,
  attention,
}: {
  quietHours: QuietHours | null;
  mayDecide: boolean;
  /** Of the last thirty days; null where there is nothing to show. */
  attention: PersonAttention | null;
}) {
  return (
    <PageFrame
      title="Your figures and notifications"
      description="Your own decisions, as you made them. Nobody is ranked by them."
    >
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <OwnFigures mayDecide={mayDecide} />
        <div className="grid gap-4">
          <Panel title="Notifications">
            <BrowserNoticesSwitch />
          </Panel>
          <Panel title="Quiet hours">
            <QuietHoursForm saved={quietHours} />
          </Panel>
        </div>
      </div>
      {attention && (
        <section className="mt-6">
          <h2 className="font-semibold text-sm">How you look at drafts</h2>
          <p className="mb-2 max-w-3xl text-muted text-sm">
            The last 30 days. Managers see the same of everybody, to find what makes looking hard.
          </p>
          <PersonAttentionView attention={attention} />
        </section>
      )}
    </PageFrame>
  );
}
