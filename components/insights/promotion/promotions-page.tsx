import { TrendingUp } from "lucide-react";
import Link from "next/link";
import { PageFrame } from "@/components/organisation/page-frame";
import { LocalDay } from "@/components/ui/local-day";
import { percent } from "@/lib/insights/promotion/describe-promotion";
import type { Candidate } from "@/lib/insights/promotion/list-candidates";
import type { PromotionItem } from "@/lib/insights/promotion/list-promotions";
import { formatDay } from "../figures/format-figures";
import { limitWordsOf, promotionHref, wizardHref } from "./promotion-words";
import { StateBadge } from "./state-badge";

const LINK_BUTTON =
  "inline-flex min-h-9 items-center gap-2 rounded-md border border-transparent bg-accent px-3 font-medium text-on-accent text-sm hover:brightness-110";

/** What may come to run by itself: what was proposed, and what history speaks for. */
export function PromotionsPage({
  promotions,
  candidates,
  canPropose,
}: {
  promotions: PromotionItem[];
  candidates: Candidate[];
  canPropose: boolean;
}) {
  // What is on its way is not to be proposed a second time.
  const underWay = new Set(
    promotions
      .filter(({ state }) => state === "proposed" || state === "accepted")
      .map(({ actionType, rule }) => `${actionType} ${rule}`),
  );
  const open = candidates.filter(({ actionType, rule }) => !underWay.has(`${actionType} ${rule.name}`));
  const ready = open.filter(({ limit }) => limit !== null);
  const notYet = open.filter(({ limit }) => limit === null);
  return (
    <PageFrame
      title="Promotions"
      description="Running by itself is earned: past decisions say up to where, a second person accepts it, it is checked afterwards and it ends by itself."
      actions={
        canPropose && (
          <Link href="/insights/promotions/new" className={LINK_BUTTON}>
            <TrendingUp aria-hidden="true" className="size-4" /> Promote a rule
          </Link>
        )
      }
    >
      <div className="space-y-6">
        {promotions.length > 0 && (
          <ul aria-label="Promotions" className="divide-y rounded-lg border bg-surface">
            {promotions.map((item) => (
              <PromotionRow key={item.id} item={item} />
            ))}
          </ul>
        )}
        <section aria-label="Ready to promote">
          <h2 className="font-semibold text-sm">Ready to promote</h2>
          <p className="mb-1.5 text-muted text-xs">
            By the decisions of the last 90 days, at a tolerance of 5%. The wizard takes any other.
          </p>
          {ready.length === 0 ? (
            <p className="rounded-lg border border-dashed bg-surface px-3.5 py-3 text-muted text-sm">
              {underWay.size > 0 ? "No other rule" : "No rule"} yet: people have decided too few drafts, or
              refused too many of them.
            </p>
          ) : (
            <CandidateList candidates={ready} />
          )}
        </section>
        {notYet.length > 0 && (
          <section aria-label="Not yet">
            <h2 className="font-semibold text-sm">Not yet</h2>
            <p className="mb-1.5 text-muted text-xs">
              How many more decisions, all of them right, each takes. The nearest come first.
            </p>
            <CandidateList candidates={notYet} />
          </section>
        )}
        {promotions.length === 0 && (
          <p className="text-muted text-sm">
            Nothing has been promoted so far. What is proposed waits here for a second person, and stays
            listed with its end.
          </p>
        )}
      </div>
    </PageFrame>
  );
}

const CandidateList = ({ candidates }: { candidates: readonly Candidate[] }) => (
  <ul className="divide-y rounded-lg border bg-surface">
    {candidates.map((candidate) => (
      <CandidateRow key={`${candidate.actionType} ${candidate.rule.name}`} candidate={candidate} />
    ))}
  </ul>
);

function PromotionRow({ item }: { item: PromotionItem }) {
  return (
    <li className="relative flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3.5 py-2.5 hover:bg-hover">
      <div className="min-w-0 flex-1 basis-64">
        <Link href={promotionHref(item.id)} className="font-medium text-sm after:absolute after:inset-0">
          {item.title}: {limitWordsOf(item.limit, item.currency)}
        </Link>
        <p className="text-muted text-xs">
          of rule “{item.rule}” · at most {percent(item.bound)} wrong · proposed by {item.proposedBy},{" "}
          <LocalDay at={item.proposedAt} />
          {item.decidedBy && ` · decided by ${item.decidedBy}`}
        </p>
      </div>
      <StateBadge state={item.state} />
      <span className="w-full text-muted text-xs sm:w-32 sm:text-right">
        {["in_force", "accepted", "proposed"].includes(item.state)
          ? `until ${formatDay(item.leaseUntil, true)}`
          : ""}
        {item.state === "ended" ? `ended ${formatDay(item.leaseUntil, true)}` : ""}
      </span>
    </li>
  );
}

function CandidateRow({ candidate }: { candidate: Candidate }) {
  const { actionType, title, rule, limit, currency, within, bound, decided, wrong, needed } = candidate;
  return (
    <li className="relative flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3.5 py-2.5 text-sm hover:bg-hover">
      <div className="min-w-0 flex-1 basis-64">
        <Link href={wizardHref(actionType, rule.name)} className="font-medium after:absolute after:inset-0">
          {title}
          {limit ? `: ${limitWordsOf(limit, currency)}` : ""}
        </Link>
        <p className="text-muted text-xs">
          rule “{rule.name}” ({rule.when})
        </p>
      </div>
      <p className="tabular w-full text-muted text-xs sm:w-auto sm:text-right">
        <span className="font-medium text-ink text-sm">
          {limit
            ? `at most ${percent(bound ?? 1)} wrong`
            : needed === null
              ? "refused at every value"
              : `${countWords(needed)} more ${needed === 1 ? "decision" : "decisions"}`}
        </span>
        <span className="ml-2 sm:ml-0 sm:block">
          {limit
            ? `${countWords(within)} of ${countWords(decided)} decisions lie within`
            : `${countWords(decided)} decided, ${countWords(wrong)} of them wrong`}
        </span>
      </p>
    </li>
  );
}

const countWords = (count: number) => count.toLocaleString("en-US");
