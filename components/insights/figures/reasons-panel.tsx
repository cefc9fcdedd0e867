import Link from "next/link";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import type { Refusals } from "@/lib/insights/figures/list-refusals";
import { More } from "./edits-panel";
import { formatCount } from "./format-figures";

/** Why people rejected or sent back, in their own words: grouped only where they wrote the same. */
export function ReasonsPanel({
  refusals: { read, isAll, withoutReason, groups, words },
  hrefOf,
}: {
  refusals: Refusals;
  /** The rejected and sent back ones; with a word, those where it occurs. */
  hrefOf: (word?: string) => string;
}) {
  const given = read - withoutReason;
  return (
    <Panel
      title="Reasons for rejections and changes"
      aside={
        read > 0 &&
        `of ${isAll ? "" : "the newest "}${formatCount(read)}, ${formatCount(given)} with a reason`
      }
    >
      {read === 0 ? (
        <p className="py-3 text-muted text-sm">Nothing was rejected or sent back in these days.</p>
      ) : (
        <>
          <ol className="divide-y divide-line text-xs">
            {groups.map((group) => (
              <li key={group.text} className="flex items-baseline gap-2 py-1">
                <span className="tabular w-7 shrink-0 text-right font-medium">
                  {formatCount(group.count)}
                </span>
                <Link
                  href={`/inbox/${encodeURIComponent(group.draftIds[0]!)}?from=history`}
                  prefetch={false}
                  title="Open the newest of them"
                  className="block min-w-0 truncate hover:underline"
                >
                  “<HostileText text={group.text} oneLine />”
                </Link>
                <span className="ml-auto shrink-0 text-muted">{whichOf(group)}</span>
              </li>
            ))}
          </ol>
          {words.length > 0 && (
            <p className="mt-2 text-muted text-xs">
              Words in three or more:{" "}
              {words.map(({ word, count }, at) => (
                <span key={word}>
                  {at > 0 && ", "}
                  <Link href={hrefOf(word)} prefetch={false} className="text-ink hover:underline">
                    <HostileText text={word} oneLine />
                  </Link>{" "}
                  <span className="tabular">{formatCount(count)}</span>
                </span>
              ))}
            </p>
          )}
          <More href={hrefOf()}>List them all</More>
        </>
      )}
    </Panel>
  );
}

function whichOf({ rejected, changesRequested }: { rejected: number; changesRequested: number }): string {
  if (changesRequested === 0) return "rejected";
  if (rejected === 0) return "sent back";
  return `${formatCount(rejected)} rejected, ${formatCount(changesRequested)} sent back`;
}
