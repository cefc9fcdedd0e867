import { chromium, type Page } from "@playwright/test";
import { sql } from "@/lib/db/sql";
import { submitDraft } from "@/lib/drafts/submit-draft";
import { findBrowser } from "@/scripts/launcher/find-browser.mjs";
import { startWeb } from "./bench-processes";
import type { BenchWorld } from "./bench-world";
import { onCleanUp } from "./clean-up";
import { interleave, type Measurement, showRound } from "./interleave";
import type { Result } from "./report";
import { seedFacts } from "./seed-facts";
import { synthesiseDraft } from "./synthesise-draft";

export interface KeysSizes {
  /** Drafts that wait while keys are pressed. */
  pending: number;
  rounds: number;
  warmUp: number;
  /** Key presses of each kind in each round. */
  presses: number;
}

/** A person's next key comes no sooner. */
const BETWEEN_PRESSES_MS = 300;
const FRAME_MS = 1000 / 60;
const AT_ONCE = 16;

/**
 * From a key press to its result painted, in a real browser: the next item of a long queue, an approval, a letter of a
 * search, each beside a key that does nothing. Every sample is the 95th percentile of one round, in milliseconds.
 */
export async function measureKeys(world: BenchWorld, sizes: KeysSizes): Promise<Result[]> {
  await fillQueue(world, sizes.pending);
  const url = await startWeb(world.url, { demo: true });
  const page = await openBrowser(url);
  const item = await page.context().newPage();
  await page.goto(`${url}/inbox?queue=batch`);
  await item.goto(`${url}/inbox/${await firstPending(world)}?queue=batch`);
  for (const each of [page, item]) await listen(each);

  const ofItem = (key: string) => () => press(item, sizes.presses, () => key);
  const measured = await interleave(
    [
      { name: "empty", run: ofItem("q") },
      { name: "next", run: ofItem("j") },
      { name: "approve", run: ofItem("a") },
    ],
    sizes,
    showRound("keys on an item", " ms"),
  );
  await page.bringToFront();
  const search = page.getByRole("searchbox");
  const ofList = await interleave(
    [
      {
        name: "empty",
        run: () =>
          press(
            page,
            sizes.presses,
            () => "q",
            () => search.blur(),
          ),
      },
      {
        name: "search",
        run: () =>
          press(
            page,
            sizes.presses,
            (turn) => (turn % 2 ? "Backspace" : "7"),
            () => search.focus(),
          ),
      },
      { name: "idle", run: () => frames(page, 0) },
      { name: "scroll", run: () => frames(page, 40) },
    ],
    sizes,
    showRound(`keys on a list of ${sizes.pending}`, " ms"),
  );
  const beside = (name: string, of: Measurement, empty: Measurement, aim: Result["aim"]): Result => ({
    name,
    unit: "ms",
    measured: of,
    floorName: "two empty keys and a frame",
    floor: {
      median: allowed(empty.median),
      samples: empty.samples.map(allowed),
    },
    aim,
  });
  return [
    beside("key to next item, 95th percentile", measured.next!, measured.empty!, { atMost: 1 }),
    beside("key to approved and next item", measured.approve!, measured.empty!, { atMost: 1 }),
    beside(`a letter that filters ${sizes.pending}`, ofList.search!, ofList.empty!, null),
    {
      name: `scrolling ${sizes.pending} rows, frame`,
      unit: "ms",
      measured: ofList.scroll!,
      floorName: "a frame at rest",
      floor: ofList.idle!,
      aim: { atMost: 2 },
    },
  ];
}

const allowed = (emptyMs: number): number => 2 * emptyMs + FRAME_MS;

async function fillQueue(world: BenchWorld, pending: number): Promise<void> {
  await seedFacts(world.db, world.integrationKeyId, 1, pending * 3);
  let serial = 0;
  const count = async () =>
    (await world.db.row<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM draft WHERE status = 'pending' AND route = 'batch_review'`))!.count;
  while (serial < pending * 3 && (await count()) < pending) {
    const serials = Array.from({ length: 320 }, (_, index) => serial + index + 1);
    serial += serials.length;
    for (let at = 0; at < serials.length; at += AT_ONCE) {
      await Promise.all(
        serials.slice(at, at + AT_ONCE).map((each) =>
          submitDraft(world.agent, synthesiseDraft(each, each % 2 ? "refund" : "cancel_pending_order"), {
            idempotencyKey: `keys-${each}`,
          }),
        ),
      );
    }
  }
}

async function firstPending({ db }: BenchWorld): Promise<string> {
  const row = await db.row<{ id: string }>(sql`
    SELECT id FROM draft WHERE status = 'pending' AND route = 'batch_review' ORDER BY due_at, id LIMIT 1`);
  return row!.id;
}

async function openBrowser(url: string): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: (await findBrowser()) ?? undefined,
    args: ["--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
  onCleanUp(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByRole("button", { name: /ann/ }).first().click();
  await page.waitForURL(/\/inbox/);
  return page;
}

/** What the browser itself says of each key press: until the next frame was presented (W3C Event Timing, steps of 8 ms). */
const listen = (page: Page): Promise<void> =>
  page.evaluate(`
    globalThis.countersignPresses = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === "keydown") countersignPresses.push(duration);
    }).observe({ type: "event", durationThreshold: 16 });
  `);

/** The browser tells of nothing that is quicker than 16 ms. */
const UNTOLD_MS = 8;

async function press(
  page: Page,
  count: number,
  key: (turn: number) => string,
  before: () => Promise<void> = async () => {},
): Promise<number> {
  await page.bringToFront();
  await before();
  await page.evaluate("countersignPresses.length = 0");
  for (let turn = 0; turn < count; turn += 1) {
    await page.keyboard.press(key(turn));
    await page.waitForTimeout(BETWEEN_PRESSES_MS);
  }
  const told = (await page.evaluate("countersignPresses")) as number[];
  const untold = Array.from({ length: Math.max(0, count - told.length) }, () => UNTOLD_MS);
  return percentile95([...told, ...untold]);
}

/** How long frames take while the list scrolls by so many pixels a frame; not at all for none. */
async function frames(page: Page, pixels: number): Promise<number> {
  const samples = await page.evaluate(`new Promise((resolve) => {
    const taken = [];
    let last = performance.now();
    requestAnimationFrame(function frame(now) {
      taken.push(now - last);
      last = now;
      window.scrollBy(0, ${pixels});
      if (taken.length < 120) requestAnimationFrame(frame);
      else resolve(taken.slice(1));
    });
  })`);
  return percentile95(samples as number[]);
}

const percentile95 = (values: number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length * 0.95)] ?? Number.NaN;
