import { PageFrame } from "@/components/organisation/page-frame";
import { TextDiff } from "@/components/organisation/policies/text-diff";
import type { ServerAction } from "@/components/organisation/server-action";
import { formatUtc } from "@/components/ui/format-time";
import type { decidePromotion } from "@/lib/insights/promotion/decide-promotion";
import { percent } from "@/lib/insights/promotion/describe-promotion";
import type { PromotionView } from "@/lib/insights/promotion/get-promotion";
import type { retryPullRequest } from "@/lib/insights/promotion/retry-pull-request";
import { diffTexts } from "@/lib/policy-files/diff-texts";
import { formatDay, formatDays } from "../figures/format-figures";
import { BoundChart } from "./bound-chart";
import { DecidePanel } from "./decide-panel";
import { EvidenceTiles } from "./evidence-tiles";
import { LookAtList } from "./look-at-list";
import { MovesList } from "./moves-list";
import { limitWordsOf } from "./promotion-words";
import { SliceTable } from "./slice-table";
import { StateBadge } from "./state-badge";
import { TakePanel } from "./take-panel";

/** One promotion as it was proposed: figures, files and what came of it. */
export function PromotionPage({
  promotion,
  viewer,
  hasForge,
  actions,
}: {
  promotion: PromotionView;
  viewer: { personId: string; mayDecide: boolean };
  hasForge: boolean;
  actions: { decide: ServerAction<typeof decidePromotion>; retry: ServerAction<typeof retryPullRequest> };
}) {
  const { content, state } = promotion;
  const { limit, currency, backtest, tolerance, rule } = content;
  const changed = content.files.filter(({ before, after }) => before !== after);
  return (
    <PageFrame
      title={`${content.title}: ${limitWordsOf(limit, currency)}`}
      marks={<StateBadge state={state} />}
      back={{ href: "/insights/promotions", label: "Promotions" }}
      description={`Drafts that people review by “${rule.name}” (${rule.when}) run by themselves up to this limit, until ${formatDay(promotion.leaseUntil, true)} (UTC). ${percent(content.sampleReview)} are checked afterwards.`}
    >
      <div className="space-y-4">
        {state === "proposed" && viewer.mayDecide && (
          <DecidePanel
            id={promotion.id}
            contentHash={promotion.contentHash}
            isOwn={viewer.personId === promotion.proposedBy.id}
            isOutdated={promotion.isOutdated}
            decide={actions.decide}
          />
        )}
        {(state === "accepted" || state === "in_force") && viewer.mayDecide && (
          <TakePanel
            id={promotion.id}
            inForceUntil={state === "in_force" ? promotion.leaseUntil : null}
            pullRequest={promotion.pullRequest}
            hasForge={hasForge}
            retry={actions.retry}
          />
        )}
        <Reasons promotion={promotion} />
        <EvidenceTiles backtest={backtest} tolerance={tolerance} />
        <p className="text-muted text-xs">
          Figures as they were on {formatUtc(promotion.proposedAt)}, over drafts submitted{" "}
          {formatDays(content.since.slice(0, 10), content.until.slice(0, 10))} (UTC)
          {content.includeImported && ", imported decisions counted"}. They do not change any more; their hash
          is <code className="font-mono">{promotion.contentHash.slice(0, 12)}</code>.
        </p>
        {content.curve.length > 1 && (
          <BoundChart
            curve={content.curve}
            fact={limit.fact}
            direction={limit.direction}
            currency={currency}
            tolerance={tolerance}
            chosen={limit.value}
          />
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
          <div className="space-y-4">
            <MovesList backtest={backtest} />
            <LookAtList offences={backtest.offences} total={backtest.added.wrong} currency={currency} />
          </div>
          <SliceTable slices={backtest.slices} tolerance={tolerance} />
        </div>
        <section aria-label="The change" className="space-y-2">
          <h2 className="font-semibold text-sm">The change</h2>
          {content.replacedRules?.map(({ name, until, isHeld }) => (
            <p key={name} className="text-sm">
              It takes the place of the rule “{name}”, whose permission is until {formatDay(until, true)}.
              {isHeld &&
                " That rule is held back: once this is in force, release the hold, or everything of the action type waits for people."}
            </p>
          ))}
          {content.movedCases.length > 0 && (
            <p className="text-muted text-sm">
              Golden cases that come out otherwise by it:{" "}
              {content.movedCases.map((name) => `“${name}”`).join(", ")}.
            </p>
          )}
          {content.removedChecks.length > 0 && (
            <p className="text-sm text-warn">
              Checks of attention that would run by themselves, and are taken out:{" "}
              {content.removedChecks.map((name) => `“${name}”`).join(", ")}. They ought to be rejected: look
              at whether drafts like them come up to this limit.
            </p>
          )}
          {changed.map(({ path, before, after }) => (
            <TextDiff key={path} title={path} runs={diffTexts(before ?? "", after)} />
          ))}
        </section>
      </div>
    </PageFrame>
  );
}

function Reasons({ promotion }: { promotion: PromotionView }) {
  const { proposedBy, proposedAt, reason, decidedBy, decidedAt, decisionReason, state } = promotion;
  const verb = state === "declined" ? "declined" : state === "withdrawn" ? "withdrew" : "accepted";
  return (
    <dl className="divide-y rounded-lg border bg-surface text-sm">
      <div className="px-3.5 py-2">
        <dt className="text-muted text-xs">
          {proposedBy.name} proposed it, {formatUtc(proposedAt)}
        </dt>
        <dd className="whitespace-pre-wrap break-words">{reason}</dd>
      </div>
      {decidedBy && decidedAt && (
        <div className="px-3.5 py-2">
          <dt className="text-muted text-xs">
            {decidedBy} {verb} it, {formatUtc(decidedAt)}
          </dt>
          <dd className="whitespace-pre-wrap break-words">{decisionReason}</dd>
        </div>
      )}
    </dl>
  );
}
