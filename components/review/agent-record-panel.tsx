import { Panel } from "@/components/ui/panel";
import type { AgentRecord, ReviewScreen } from "@/lib/drafts/types";

const PARTS: { key: keyof AgentRecord; label: string; className: string }[] = [
  { key: "approved", label: "approved", className: "bg-good" },
  { key: "edited", label: "edited", className: "bg-accent" },
  { key: "changesRequested", label: "changes asked", className: "bg-warn" },
  { key: "rejected", label: "rejected", className: "bg-bad" },
];

/** How this agent's drafts of this action type fared lately, as a bar and in words. */
export function AgentRecordPanel({
  agent,
  record,
}: {
  agent: ReviewScreen["draft"]["agent"];
  record: AgentRecord;
}) {
  const decided = PARTS.reduce((sum, { key }) => sum + record[key], 0);
  return (
    <Panel title="Agent record" aside={`${agent.name}, owned by ${agent.ownerName}`}>
      <p className="text-xs">
        <span className="tabular font-medium">{record.submitted}</span> of this type in {record.days} days ·{" "}
        <span className="tabular">{record.automatic}</span> by policy ·{" "}
        <span className="tabular">{decided}</span> by people
        {record.failed > 0 && <span className="text-bad"> · {record.failed} failed when executed</span>}
      </p>
      {decided > 0 && (
        <>
          <div aria-hidden="true" className="mt-1.5 flex h-1.5 gap-px overflow-hidden rounded-full">
            {PARTS.filter(({ key }) => record[key] > 0).map(({ key, className }) => (
              <span key={key} className={className} style={{ flexGrow: record[key] }} />
            ))}
          </div>
          <ul className="mt-1 flex flex-wrap gap-x-3 text-muted text-xs">
            {PARTS.filter(({ key }) => record[key] > 0).map(({ key, label, className }) => (
              <li key={key} className="tabular inline-flex items-center gap-1">
                <span aria-hidden="true" className={`size-1.5 rounded-full ${className}`} />
                {record[key]} {label} ({Math.round((100 * record[key]) / decided)}%)
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
