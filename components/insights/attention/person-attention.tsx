import { EmptyState } from "@/components/organisation/page-frame";
import { Panel } from "@/components/ui/panel";
import { findHints } from "@/lib/insights/attention/find-hints";
import type { PersonAttention } from "@/lib/insights/attention/types";
import { AttentionTable } from "./attention-table";
import { HintList } from "./hint-list";
import { WorkHours } from "./work-hours";

/** One person's attention: over all, by action type, and from hour to hour of work. */
export function PersonAttentionView({ attention }: { attention: PersonAttention | null }) {
  if (!attention) return <EmptyState title="Nothing was decided in these days" />;
  const { total, byType, hours } = attention;
  const hints = findHints(total, hours);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <HintList hints={hints} />
      <AttentionTable
        label="Attention by action type"
        first="Action type"
        rows={[
          ...byType.map((row) => ({ key: row.actionType, head: row.title, figures: row })),
          ...(byType.length > 1 ? [{ key: "all", head: "All", figures: total }] : []),
        ]}
      />
      {hours.length > 0 && (
        <Panel title="From hour to hour of work" className="max-w-3xl">
          <WorkHours hours={hours} />
        </Panel>
      )}
    </div>
  );
}
