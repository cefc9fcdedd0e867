import type { ReactNode } from "react";
import { rateOf } from "@/lib/insights/figures/rate";
import type { FiguresAnswer } from "@/lib/insights/figures/types";
import { ChangeMark } from "./change-mark";
import { formatCount, formatInterval, formatRate, formatSeconds, formatShare, NONE } from "./format-figures";

function Tile({
  label,
  value,
  mark,
  children,
}: {
  label: string;
  value: string;
  mark?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="min-w-0 bg-surface px-3.5 py-3 last:col-span-2 lg:last:col-span-1">
      <dt className="font-medium text-muted text-xs">{label}</dt>
      <dd className="mt-0.5">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="tabular font-semibold text-xl leading-7 tracking-tight">{value}</span>
          {mark}
        </span>
        <span className="block text-muted text-xs">{children}</span>
      </dd>
    </div>
  );
}

/** What a manager looks at first. */
export function HeadlineTiles({ total }: { total: FiguresAnswer["total"] }) {
  const { now, before } = total;
  const automatic = rateOf(now.automatic, now.decided);
  const wereDecided = before.decided === 0 ? "none" : formatCount(before.decided);
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line lg:grid-cols-5">
      <Tile label="Decided" value={formatCount(now.decided)}>
        {wereDecided} in the period before
      </Tile>
      <Tile
        label="Approval rate"
        value={formatRate(now.approvalRate)}
        mark={<ChangeMark now={now.approvalRate} before={before.approvalRate} />}
      >
        {now.approvalRate
          ? `95% interval ${formatInterval(now.approvalRate)}; ${formatCount(now.reviewed)} by people`
          : "Nobody decided anything"}
      </Tile>
      <Tile
        label="Median time to decide"
        value={now.decideSeconds ? formatSeconds(now.decideSeconds.median) : NONE}
      >
        {now.decideSeconds ? `90% within ${formatSeconds(now.decideSeconds.p90)}` : "Nobody decided anything"}
        {before.decideSeconds && `; ${formatSeconds(before.decideSeconds.median)} before`}
      </Tile>
      <Tile label="SLA breaches" value={formatCount(now.breached)}>
        {`${formatCount(now.escalated)} escalated, ${formatCount(now.lapsed)} lapsed; ${formatCount(before.breached)} before`}
      </Tile>
      <Tile
        label="Ran by themselves"
        value={automatic ? formatShare(automatic.share, automatic.of) : NONE}
        mark={<ChangeMark now={automatic} before={rateOf(before.automatic, before.decided)} />}
      >
        {`${formatCount(now.automatic)} ${now.automatic === 1 ? "draft" : "drafts"}; ${formatCount(now.samples.overturned)} overturned afterwards`}
      </Tile>
    </dl>
  );
}
