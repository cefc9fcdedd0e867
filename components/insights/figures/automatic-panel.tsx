import Link from "next/link";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import type { Refusals } from "@/lib/insights/figures/list-refusals";
import { rateOf } from "@/lib/insights/figures/rate";
import type { Figures } from "@/lib/insights/figures/types";
import { More } from "./edits-panel";
import { FigureList } from "./figure-list";
import { formatCount, formatInterval, formatRate, formatShare } from "./format-figures";

/** What ran without a person, what people found who looked at samples of it, and what they overturned. */
export function AutomaticPanel({
  figures: { automatic, decided, samples },
  overturned,
  href,
}: {
  figures: Figures;
  overturned: Refusals["overturned"];
  href: string;
}) {
  const lookedAt = rateOf(samples.overturned, samples.upheld + samples.overturned);
  return (
    <Panel title="Ran by itself">
      {automatic === 0 ? (
        <p className="py-3 text-muted text-sm">Nothing ran without a person in these days.</p>
      ) : (
        <>
          <FigureList
            items={[
              {
                label: "Let through by policy",
                value: formatCount(automatic),
                note: `${formatShare(automatic / decided, decided)} of all`,
              },
              {
                label: "Chosen for a look afterwards",
                value: formatCount(samples.chosen),
                note: samples.waiting > 0 ? `${formatCount(samples.waiting)} still to look at` : undefined,
              },
              {
                label: "Overturned, of those looked at",
                value: formatRate(lookedAt),
                note: lookedAt
                  ? `${formatCount(lookedAt.count)} of ${formatCount(lookedAt.of)}; 95% interval ${formatInterval(lookedAt)}`
                  : "nobody has looked yet",
              },
            ]}
          />
          {overturned.length > 0 && (
            <ul aria-label="Overturned" className="mt-2 space-y-1 text-xs">
              {overturned.map(({ draftId, summary, reason, person }) => (
                <li key={draftId} className="min-w-0">
                  <Link
                    href={`/inbox/${encodeURIComponent(draftId)}?from=history`}
                    prefetch={false}
                    className="font-medium hover:underline"
                  >
                    <HostileText text={summary} oneLine />
                  </Link>
                  <span className="block truncate text-muted">
                    {person ?? "Somebody"}
                    {reason && (
                      <>
                        : “<HostileText text={reason} oneLine />”
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <More href={href}>List what ran by itself</More>
        </>
      )}
    </Panel>
  );
}
