"use client";

import Link from "next/link";
import { Chip } from "@/components/organisation/chips";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { formatUtc } from "@/components/ui/format-time";
import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import type { ActionResult } from "@/lib/adapters/action";
import type { RanFigures, RanItem } from "@/lib/checks/samples/list-ran-under-rule";
import type { HoldDetail } from "@/lib/holds/get-hold";
import { RanList } from "./ran-list";

export interface RanPage {
  items: RanItem[];
  nextCursor: string | null;
  figures: RanFigures;
  since: string;
  upheldId: string | null;
}

export interface HoldActions {
  putBefore: (input: { draftIds: string[] }) => Promise<ActionResult<{ asked: number; leftOut: number }>>;
  release: (input: { id: string }) => Promise<ActionResult<{ id: string }>>;
}

const draftPath = (id: string) => `/inbox/${encodeURIComponent(id)}`;

/** One hold: why it is there, what waits because of it, and what else its rule had let run. */
export function HoldPage({
  hold,
  ran,
  isFirstPage,
  actions,
}: {
  hold: HoldDetail;
  ran: RanPage | null;
  isFirstPage: boolean;
  /** Null for those who may only look. */
  actions: HoldActions | null;
}) {
  const { save, saving } = useSave();
  const inForce = hold.endedAt === null;
  return (
    <PageFrame
      title={hold.what}
      back={{ href: "/organisation/holds", label: "Holds" }}
      marks={<Chip look={inForce ? "warn" : "plain"}>{inForce ? "Held back to review" : "Ended"}</Chip>}
      description={<HostileText text={hold.reason} />}
      actions={
        actions &&
        inForce && (
          <Button
            disabled={saving}
            onClick={() =>
              save(() => actions.release({ id: hold.id }), `${hold.what} runs by its policy again`)
            }
          >
            Release
          </Button>
        )
      }
    >
      <p className="-mt-2 mb-4 text-muted text-xs">
        {hold.placedBy ?? "Countersign"}, {formatUtc(hold.placedAt)} ·{" "}
        {hold.endedAt
          ? `${hold.releasedBy ? `released by ${hold.releasedBy}` : "ended by itself"}, ${formatUtc(hold.endedAt)}`
          : hold.endsAt
            ? `until ${formatUtc(hold.endsAt)}`
            : "until it is released"}
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {hold.overturned.length > 0 && (
          <Panel title="Overturned afterwards">
            <ul className="space-y-2 text-sm">
              {hold.overturned.map(({ id, summary, by, reason, at }) => (
                <li key={id}>
                  <Link href={draftPath(id)} className="font-medium text-accent hover:underline">
                    <HostileText text={summary} />
                  </Link>
                  {reason && (
                    <p>
                      <HostileText text={reason} />
                    </p>
                  )}
                  <p className="text-muted text-xs">
                    {by ?? "Somebody"}, {formatUtc(at)}
                  </p>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        <Panel title="Waiting because of it">
          {hold.waiting.length === 0 ? (
            <p className="text-muted text-sm">Nothing waits because of it now.</p>
          ) : (
            <ul className="space-y-1 text-sm">
              {hold.waiting.slice(0, MOST_WAITING).map(({ id, summary }) => (
                <li key={id}>
                  <Link href={draftPath(id)} className="text-accent hover:underline">
                    <HostileText text={summary} />
                  </Link>
                </li>
              ))}
              {hold.waiting.length > MOST_WAITING && (
                <li className="text-muted text-xs">and more, in the batch queue</li>
              )}
            </ul>
          )}
        </Panel>
      </div>
      {ran && (
        <section className="mt-6">
          <h2 className="font-semibold text-sm">What it let run by itself</h2>
          <p className="mb-2 max-w-3xl text-muted text-sm">{ranSentence(ran)}</p>
          {ran.items.length === 0 ? (
            <EmptyState title={isFirstPage ? "Nothing ran under this rule in that time" : "Nothing older"} />
          ) : (
            <RanList items={ran.items} putBefore={actions?.putBefore ?? null} />
          )}
          <nav aria-label="Pages" className="mt-3 flex gap-3 text-sm">
            {!isFirstPage && (
              <Link href={`/organisation/holds/${hold.id}`} className="text-accent hover:underline">
                The newest
              </Link>
            )}
            {ran.nextCursor && (
              <Link
                href={`/organisation/holds/${hold.id}?cursor=${encodeURIComponent(ran.nextCursor)}`}
                className="text-accent hover:underline"
              >
                Older ones
              </Link>
            )}
          </nav>
        </section>
      )}
    </PageFrame>
  );
}

const MOST_WAITING = 8;

function ranSentence({ figures, since, upheldId }: RanPage): string {
  const { count, most, executed, waiting, sums } = figures;
  const many = count >= most ? `More than ${most.toLocaleString("en-US")}` : count.toLocaleString("en-US");
  const money = sums.map(({ amount, currency }) => formatMoney(amount, currency)).join(" and ");
  const from = upheldId
    ? `since somebody last upheld one of it (${formatUtc(since)})`
    : `since ${formatUtc(since)}; nobody upheld one of it before`;
  const looks = waiting > 0 ? ` ${waiting} of them wait for a look afterwards.` : "";
  return `${many} ${count === 1 ? "draft" : "drafts"} ${from}, ${executed.toLocaleString("en-US")} of them executed${money ? `, ${money} in all` : ""}.${looks} What was executed is not undone by the hold: look at those that matter, or put them before people.`;
}
