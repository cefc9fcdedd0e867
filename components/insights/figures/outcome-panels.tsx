import { Panel } from "@/components/ui/panel";
import type { Figures, QueueFigures } from "@/lib/insights/figures/types";
import { FigureList } from "./figure-list";
import { formatCount, formatSeconds, formatShare, NONE } from "./format-figures";

/** What became of what was let through, and where time ran out. */
export function ExecutionPanel({ figures, queue }: { figures: Figures; queue: QueueFigures }) {
  const open = figures.automatic + figures.approved - figures.executed - figures.failed;
  return (
    <Panel title="Carried out, and late">
      <FigureList
        items={[
          { label: "Executed", value: formatCount(figures.executed) },
          {
            label: "Failed",
            value: formatCount(figures.failed),
            note:
              figures.mismatched > 0
                ? `${formatCount(figures.mismatched)} executed another payload`
                : undefined,
          },
          { label: "Approved, not executed", value: formatCount(open) },
          { label: "Escalated", value: formatCount(figures.escalated) },
          { label: "Lapsed: nobody decided", value: formatCount(figures.lapsed) },
          { label: "Withdrawn by the agent", value: formatCount(figures.withdrawn) },
          { label: "Blocked by policy", value: formatCount(figures.blocked) },
          {
            label: "Waiting now",
            value: formatCount(queue.waiting),
            note:
              queue.oldestSeconds === null || queue.medianSeconds === null
                ? undefined
                : `half for more than ${formatSeconds(queue.medianSeconds)}, oldest ${formatSeconds(queue.oldestSeconds)}, ${formatCount(queue.overdue)} overdue`,
          },
        ]}
      />
    </Panel>
  );
}

/** How closely people looked. */
export function AttentionPanel({ attention }: { attention: Figures["attention"] }) {
  const { decisions, timed, medianSeconds, inBatches, quick } = attention;
  const share = (count: number) => (decisions === 0 ? NONE : formatShare(count / decisions, decisions));
  return (
    <Panel title="Attention" aside={decisions > 0 && `${formatCount(decisions)} decisions by people`}>
      <FigureList
        items={[
          {
            label: "Median time on the screen",
            value: medianSeconds === null ? NONE : formatSeconds(medianSeconds),
            note: timed < decisions ? `measured for ${formatCount(timed)}` : undefined,
          },
          { label: "Decided in batches", value: share(inBatches), note: formatCount(inBatches) },
          { label: "Quicker than the policy asks", value: share(quick), note: formatCount(quick) },
        ]}
      />
    </Panel>
  );
}
