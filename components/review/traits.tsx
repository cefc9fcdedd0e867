import { CircleHelp, Globe, Layers, ShieldAlert, TriangleAlert, Undo2, Users } from "lucide-react";
import type { ReactNode } from "react";
import type { ReviewScreen } from "@/lib/drafts/types";
import { readPointer } from "@/lib/policy/pointer";
import { recordLine } from "./record-line";

const TONES = {
  calm: "text-muted",
  plain: "font-medium text-ink",
  warn: "border-warn/40 bg-warn-soft font-medium text-warn",
  bad: "border-bad/40 bg-bad-soft font-medium text-bad",
};

/** What to know before reading on: whether it can be undone, how far it reaches, how much it is about. */
export function Traits({
  attributes,
  payload,
  counts,
}: {
  attributes: ReviewScreen["attributes"];
  payload: Record<string, unknown>;
  counts: string[];
}) {
  const { reversible, external, data_sensitivity: sensitivity, blast_radius_from: from } = attributes;
  const reach = from === undefined ? undefined : readPointer(payload, from);
  return (
    <ul aria-label="At a glance" className="mb-2 flex flex-wrap gap-1.5">
      {reversible === false && (
        <Trait icon={<TriangleAlert />} tone="bad">
          Cannot be undone
        </Trait>
      )}
      {reversible === undefined && (
        <Trait icon={<CircleHelp />} tone="warn">
          Not known whether it can be undone
        </Trait>
      )}
      {reversible === true && <Trait icon={<Undo2 />}>Can be undone</Trait>}
      {reach !== undefined && (
        <Trait icon={<Users />} tone="warn">
          {`Affects ${Array.isArray(reach) && reach.length > 3 ? reach.length : recordLine(reach)}`}
        </Trait>
      )}
      {external && (
        <Trait icon={<Globe />} tone="warn">
          Reaches people outside
        </Trait>
      )}
      {counts.map((count) => (
        <Trait key={count} icon={<Layers />} tone="plain">
          {count}
        </Trait>
      ))}
      {sensitivity && sensitivity !== "none" && (
        <Trait icon={<ShieldAlert />} tone={sensitivity === "internal" ? "calm" : "warn"}>
          {`${sensitivity[0]?.toUpperCase()}${sensitivity.slice(1)} data`}
        </Trait>
      )}
    </ul>
  );
}

function Trait({
  icon,
  tone = "calm",
  children,
}: {
  icon: ReactNode;
  tone?: keyof typeof TONES;
  children: string;
}) {
  return (
    <li
      className={`inline-flex min-w-0 items-center gap-1 rounded border px-1.5 py-px text-xs [&>svg]:size-3 [&>svg]:shrink-0 ${TONES[tone]}`}
    >
      {icon}
      <span className="foreign min-w-0">{children}</span>
    </li>
  );
}
