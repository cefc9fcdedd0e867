import { PageFrame } from "@/components/organisation/page-frame";
import { Panel } from "@/components/ui/panel";
import type { QuietHours } from "@/lib/preferences/quiet-hours";
import { BrowserNoticesSwitch } from "./browser-notices-switch";
import { OwnFigures } from "./own-figures";
import { QuietHoursForm } from "./quiet-hours-form";

/** A person's own page: their figures, and when Countersign may speak to them. */
export function MePage({ quietHours, mayDecide }: { quietHours: QuietHours | null; mayDecide: boolean }) {
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
    </PageFrame>
  );
}
