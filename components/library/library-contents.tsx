import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import type { LibraryCount } from "@/lib/examples/count-library";

const count = (value: number) => value.toLocaleString("en-US");

const PARTS = [
  { outcome: "approved", word: "approved", className: "bg-good" },
  { outcome: "edited", word: "edited", className: "bg-accent" },
  { outcome: "rejected", word: "rejected", className: "bg-bad" },
  { outcome: "changes_requested", word: "changes asked", className: "bg-warn" },
] as const;

/** What the library holds by action type and outcome; each type leads to its examples. */
export function LibraryContents({ counts, chosen }: { counts: LibraryCount[]; chosen: string | undefined }) {
  const total = counts.reduce((sum, row) => sum + row.total, 0);
  const filled = counts.filter((row) => row.total > 0);
  const empty = counts.filter((row) => row.total === 0);
  return (
    <Panel title="What it holds" aside={`${count(total)} ${total === 1 ? "example" : "examples"}`}>
      <ul className="-mx-1">
        {filled.map((row) => (
          <li key={row.actionType}>
            <Link
              href={`/insights/library?type=${encodeURIComponent(row.actionType)}`}
              aria-current={row.actionType === chosen ? "true" : undefined}
              className={classNames(
                "block rounded-md px-1 py-1 hover:bg-hover",
                row.actionType === chosen && "bg-accent-soft",
              )}
            >
              <span className="flex items-baseline justify-between gap-2 text-sm">
                <span className="min-w-0 truncate">{row.title}</span>
                <span className="tabular shrink-0 font-medium">{count(row.total)}</span>
              </span>
              <span aria-hidden="true" className="mt-0.5 flex h-1.5 overflow-hidden rounded-full bg-sunken">
                {PARTS.map(({ outcome, className }) => (
                  <span
                    key={outcome}
                    className={className}
                    style={{ width: `${(100 * row.outcomes[outcome]) / row.total}%` }}
                  />
                ))}
              </span>
              <span className="mt-0.5 block text-2xs text-muted">{sentenceOf(row)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {empty.length > 0 && (
        <p className={classNames("text-muted text-xs", filled.length > 0 && "mt-1.5 border-t pt-1.5")}>
          Nothing yet of: {empty.map(({ title }) => title).join(", ")}.
        </p>
      )}
    </Panel>
  );
}

function sentenceOf({ outcomes, withdrawn, covered }: LibraryCount): string {
  const parts = PARTS.filter(({ outcome }) => outcomes[outcome] > 0).map(
    ({ outcome, word }) => `${count(outcomes[outcome])} ${word}`,
  );
  if (withdrawn > 0) parts.push(`${count(withdrawn)} withdrawn`);
  if (!covered) parts.push("no policy, so not in prompts");
  return parts.join(" · ");
}
