import { Check, CircleHelp, X } from "lucide-react";
import { useMemo } from "react";
import { formatUtc } from "@/components/ui/format-time";
import { formatFact, formatLabel } from "@/components/ui/format-value";
import { withKeys } from "@/components/ui/with-keys";
import type { Classification } from "@/lib/policy/evaluate";
import type { ConditionResult } from "@/lib/policy/explain";
import { type ConditionGroup, groupConditions } from "./condition-model";

const SIGNS: Record<string, string> = {
  lte: "≤",
  lt: "<",
  gte: "≥",
  gt: ">",
  eq: "=",
  ne: "≠",
  in: "one of",
  not_in: "none of",
};
/** When a hard block forbids. */
const FORBIDS: Record<string, string> = {
  ...SIGNS,
  eq: "if",
  ne: "unless",
  in: "if one of",
  not_in: "unless one of",
};
/** More comparisons than this, and those of rules that do not decide are folded, unless it is they that explain. */
const MOST_ROWS = 7;

/** Every fact that was compared: its value, the threshold, where it is from, and whether that held. */
export function ConditionTable({ classification }: { classification: Classification }) {
  const groups = useMemo(() => groupConditions(classification), [classification]);
  if (groups.length === 0) return null;
  const rows = groups.reduce((sum, { results }) => sum + results.length, 0);
  const deciding = groups.filter(({ decides }) => decides);
  const blocks = groups.filter(({ decides, isBlock }) => isBlock && !decides);
  const others = groups.filter(({ decides, isBlock }) => !isBlock && !decides);
  return (
    <div className="mt-1.5 text-xs">
      <Table label="Facts that decided" groups={deciding} />
      {blocks.length > 0 && <Table label="Hard blocks" groups={[merged(blocks)]} />}
      {rows > MOST_ROWS && others.length > 0 && deciding.length > 0 ? (
        <details className="border-t pt-1">
          <summary className="text-2xs text-muted">
            <span className="font-medium text-accent">
              {others.length} other {others.length === 1 ? "rule" : "rules"}
            </span>{" "}
            {others.length === 1 ? "does" : "do"} not decide: {others.map(({ rule }) => rule).join(", ")}
          </summary>
          <Table label="Other rules" groups={others} />
        </details>
      ) : (
        <Table label="Other rules" groups={others} />
      )}
    </div>
  );
}

/** Hard blocks that do not hold, as one group: what matters is that none does. */
const merged = (blocks: ConditionGroup[]): ConditionGroup => {
  const unknown = blocks.filter(({ results }) => results.some(({ holds }) => holds === null)).length;
  const all = blocks.length === 1 ? "the one hard block" : `${blocks.length} hard blocks`;
  return {
    rule:
      unknown > 0
        ? `${all}, ${unknown} not known yet`
        : blocks.length === 1
          ? `${all} does not hold`
          : `none of ${all} holds`,
    decides: false,
    isBlock: true,
    results: blocks.flatMap(({ results }) => results),
  };
};

function Table({ label, groups }: { label: string; groups: ConditionGroup[] }) {
  if (groups.length === 0) return null;
  return (
    <table className="w-full table-fixed border-collapse" aria-label={label}>
      <colgroup>
        <col className="w-5" />
        <col className="w-[30%]" />
        <col className="w-[22%]" />
        <col />
        <col className="w-[19%]" />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Holds</th>
          <th scope="col">Fact</th>
          <th scope="col">Value</th>
          <th scope="col">Compared with</th>
          <th scope="col">Source</th>
        </tr>
      </thead>
      {withKeys(groups).map(({ key, value: { rule, decides, isBlock, results } }) => (
        <tbody key={key} className={decides ? "" : "text-muted"}>
          <tr className="border-t">
            <th scope="rowgroup" colSpan={5} className="pt-1 text-left font-medium text-2xs text-muted">
              {rule}
              {decides && " · decides"}
            </th>
          </tr>
          {withKeys(results).map((result) => (
            <ConditionRow key={result.key} result={result.value} isBlock={isBlock} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function ConditionRow({ result, isBlock }: { result: ConditionResult; isBlock: boolean }) {
  const source = [result.source, result.at && formatUtc(result.at), result.note].filter(Boolean).join(", ");
  return (
    <tr className="align-baseline">
      <td className="py-px">
        <Holds holds={result.holds} isBlock={isBlock} />
      </td>
      <td className="break-words py-px pr-2">{formatLabel(result.fact)}</td>
      <td className="tabular break-words py-px pr-2 font-medium">
        {result.actual === null ? <span className="text-warn">unknown</span> : formatFact(result.actual)}
      </td>
      <td className="tabular break-words py-px pr-2 text-muted">
        {(isBlock ? FORBIDS : SIGNS)[result.operator]} {formatFact(result.expected)}
      </td>
      <td className="truncate py-px text-right text-muted" title={source}>
        {result.source ?? "—"}
      </td>
    </tr>
  );
}

function Holds({ holds, isBlock }: { holds: boolean | null; isBlock: boolean }) {
  if (holds === null)
    return <CircleHelp role="img" aria-label="Unknown" className="inline size-3.5 text-warn" />;
  // Of a hard block it is good news that it does not hold.
  if (isBlock)
    return holds ? (
      <X role="img" aria-label="Forbids it" className="inline size-3.5 text-bad" />
    ) : (
      <Check role="img" aria-label="Does not forbid it" className="inline size-3.5 text-muted" />
    );
  return holds ? (
    <Check role="img" aria-label="Holds" className="inline size-3.5 text-good" />
  ) : (
    <X role="img" aria-label="Does not hold" className="inline size-3.5 text-muted" />
  );
}
