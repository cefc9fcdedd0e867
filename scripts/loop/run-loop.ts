import { execFileSync } from "node:child_process";
import { storyDrafts } from "@/e2e/story-drafts";
import { sql } from "@/lib/db/sql";
import { getReview } from "@/lib/drafts/get-review";
import { reviewExecuted } from "@/lib/drafts/review-executed";
import { decidePromotion } from "@/lib/insights/promotion/decide-promotion";
import { getPromotion } from "@/lib/insights/promotion/get-promotion";
import { planPromotion } from "@/lib/insights/promotion/plan-promotion";
import { getPromotionPatch } from "@/lib/insights/promotion/promotion-patch";
import { proposePromotion } from "@/lib/insights/promotion/propose-promotion";
import { chooseDrafts } from "./choose-drafts";
import { compareFigures } from "./compare-figures";
import { decideByLimit } from "./decide-by-limit";
import { type Loop, openLoop } from "./open-loop";

const REVIEWER = "Mei Tanaka";
const PROPOSER = "Lucia Romero";
const ACCEPTOR = "Grace Okafor";
const FIRST = 40;
const MOST_AUTOMATIC = 300;

/**
 * Shows the whole loop on a product of its own: a reviewer decides by a limit that nobody else knows, the history grows
 * until the limit is found, what keeps to it runs by itself, a sample is overturned, and the rule is held back.
 * `file` holds drafts as `npm run replay` takes them; made ones of the same shapes when left out.
 * @throws Error at the first step that does not come out as it should.
 */
export async function runLoop(file: string | undefined): Promise<void> {
  const loop = await openLoop("Loop agent");
  process.env.POLICIES_DIR = loop.repository.policiesDir;
  try {
    await goRound(loop, file);
  } finally {
    await loop.close();
  }
}

async function goRound(loop: Loop, file: string | undefined): Promise<void> {
  const { actionType, drafts, others, hiddenLimit } = chooseDrafts(storyDrafts(file));
  const rule = "medium #2";
  const wish = { actionType, rule };
  const manager = () => loop.actAs(PROPOSER);
  say(
    `${drafts.length} drafts of ${actionType}, ${others.length} others. ${REVIEWER} approves up to ${hiddenLimit} and tells nobody.`,
  );

  const first = await loop.submit(drafts.slice(0, FIRST));
  const few = await decideByLimit(await loop.actAs(REVIEWER), { actionType, limit: hiddenLimit });
  const early = await planPromotion(await manager(), wish);
  expectThat(early.proposal === null, "the wizard says “not yet” while history is thin");
  const { needed } = early.plan.missing ?? {};
  say(`After ${few.approved.length + few.rejected.length} decisions: not yet; ${needed} more clean ones.`);

  const later = await loop.submit(drafts.slice(FIRST));
  await loop.submit(others);
  const more = await decideByLimit(await loop.actAs(REVIEWER), { actionType, limit: hiddenLimit });
  const largest = Math.max(...few.approved, ...more.approved);
  const plan = await planPromotion(await manager(), wish);
  const limit = plan.proposal?.limit;
  expectThat(limit?.fact === "amount" && limit.value === largest, `the wizard finds the limit ${largest}`);
  const { bound, decided } = plan.proposal!.backtest.added;
  say(`After ${plan.plan.decided}: amount up to ${largest}, ${decided} decided, bound ${percent(bound)}.`);

  const { id } = await proposePromotion(await manager(), { ...wish, reason: "People approve all of these." });
  const { contentHash } = await getPromotion(await manager(), id);
  const verdict = { id, verdict: "accept", reason: "The figures bear it.", contentHash } as const;
  await decidePromotion(await loop.actAs(ACCEPTOR), verdict);
  const { patch } = await getPromotionPatch(await manager(), id);
  loop.repository.apply(patch);
  // Not against the organisation of another database: the loop has its own.
  const { DATABASE_URL: _, ...environment } = process.env;
  execFileSync("npm", ["run", "-s", "policies:check"], {
    env: { ...environment, POLICIES_DIR: loop.repository.policiesDir },
    stdio: "pipe",
  });
  say(`${PROPOSER} proposes, ${ACCEPTOR} accepts, git applies the patch, and the policies' cases pass.`);

  await loop.restart();
  const within = [...first, ...later]
    .filter(({ route, draft }) => route === "batch_review" && Number(draft.payload.amount) <= largest)
    .map(({ draft }) => draft);
  const sample = await runUntilSampled(loop, within);
  say(`${sample.ran} ran by themselves under the new rule, and one of them is to be looked at.`);

  const reviewer = await loop.actAs(REVIEWER);
  const { screenHash } = await getReview(reviewer, sample.id);
  const reason = "This customer had asked for something else.";
  const { holdId } = await reviewExecuted(reviewer, {
    draftId: sample.id,
    verdict: "overturn",
    reason,
    screenHash,
  });
  const [next] = await loop.submit([within[0]!]);
  expectThat(next!.route === "batch_review" && next!.status === "pending", "the next one waits for a person");
  expectThat(await isHeldInTheSameSecond(loop, sample.id, holdId), "the rule is held within the same second");
  say(`${REVIEWER} overturns it: the rule is held back at once, and the next draft waits.`);

  const { compared, wrong } = await compareFigures(await manager());
  expectThat(wrong.length === 0, `every figure is what plain SQL says: ${JSON.stringify(wrong)}`);
  say(`${compared} figures of the insights page agree with plain SQL.`);
}

/** Submits until one that ran by itself was drawn for a look afterwards: nobody can know which. */
export async function runUntilSampled(
  loop: Loop,
  drafts: Parameters<Loop["submit"]>[0],
): Promise<{ id: string; ran: number }> {
  for (let ran = 1; ran <= MOST_AUTOMATIC; ran += 1) {
    const [submitted] = await loop.submit([drafts[ran % drafts.length]!]);
    const { id, status, route } = submitted!;
    expectThat(status === "approved" && route === "auto_execute", `${id} runs by itself, not ${status}`);
    if (!(await loop.isSampled(id))) continue;
    await loop.whenExecuted(id);
    return { id, ran };
  }
  throw new Error(`None of ${MOST_AUTOMATIC} was drawn for a look afterwards.`);
}

/** Whether the hold was placed within a second of the verdict, by the database's own records. */
export async function isHeldInTheSameSecond(
  loop: Loop,
  draftId: string,
  holdId: string | null,
): Promise<boolean> {
  const row = await loop.stage.db.row<{ seconds: number }>(sql`
    SELECT abs(extract(epoch FROM hold.placed_at - decision.decided_at))::float8 AS seconds
    FROM hold, decision
    WHERE hold.id = ${holdId} AND decision.draft_id = ${draftId} AND decision.verdict = 'overturn'`);
  return row !== null && row.seconds < 1;
}

const say = (line: string) => console.log(line);
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It should be that ${what}.`);
}
