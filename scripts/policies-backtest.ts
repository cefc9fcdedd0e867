import { parseArgs } from "node:util";
import { readConfig } from "@/lib/config";
import { openDatabase } from "@/lib/db/database";
import { isCalendarDay } from "@/lib/drafts/filter-limits";
import { backtestPolicy } from "@/lib/insights/backtest/backtest-policy";
import { findBaseline } from "@/lib/insights/backtest/find-baseline";
import { formatBacktest } from "@/lib/insights/backtest/format-backtest";
import { PolicyError } from "@/lib/policy/policy-error";
import { loadPolicies } from "@/lib/policy-files/load-policies";
import { loadEnvironmentFile } from "./launcher/open-own-database";
import { PlainError } from "./launcher/step.mjs";

const USAGE = `npm run policies:backtest -- [--policy FOLDER] [--type TYPE] [--against VERSION] [--since DAY] [--tolerance PERCENT] [--include-imported] [--json]
  --policy            the policies as changed; default: POLICIES_DIR, or policies
  --type              one action type; default: every one whose files are not the version recorded last
  --against VERSION   what to compare with; default: the version recorded last before the change
  --since             drafts submitted from that day on, as in 2026-08-01; default: 90 days
  --tolerance         exit 1 where more of what would newly run may be wrong than this; default: 5
  --include-imported  counts imported decisions as evidence too
  --json              the figures as JSON
Exits 0 when nothing is in the way, 1 when a bound is over the tolerance, 2 on bad input. DATABASE_URL names the database.`;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Replays past drafts under policy files as they are on disk, beside the version that decided last. */
async function run(): Promise<void> {
  const { values } = readArguments();
  const { POLICIES_DIR, DATABASE_URL } = readConfig();
  if (!DATABASE_URL) throw new PlainError("Set DATABASE_URL: past drafts are read from there.");
  const candidates = loadPolicies(values.policy ?? POLICIES_DIR);
  const type = values.type;
  if (type !== undefined && !candidates.has(type)) {
    throw new PlainError(
      `No policy covers ${JSON.stringify(type)}. There are: ${[...candidates.keys()].join(", ")}.`,
    );
  }
  const until = new Date();
  const since = readSince(values.since, until);
  const tolerance = readTolerance(values.tolerance);
  const db = openDatabase(DATABASE_URL, 3);
  const report: Record<string, unknown>[] = [];
  let isOver = false;
  try {
    for (const candidate of candidates.values()) {
      if (type !== undefined && candidate.actionType !== type) continue;
      const baseline = await findBaseline(db, candidate, values.against ?? null);
      if (!baseline) {
        if (type !== undefined) {
          console.error(
            `${candidate.actionType}: these files are the version in force, and there is none before it.`,
          );
        }
        continue;
      }
      const includeImported = values["include-imported"] ?? false;
      const question = { baseline: baseline.policy, candidate, since, until, includeImported };
      const backtest = await backtestPolicy({ db, policies: candidates }, question);
      if (backtest.added.drafts > 0 && backtest.added.bound >= tolerance) isOver = true;
      report.push({ action_type: candidate.actionType, against: baseline.versionId, ...backtest });
      if (!values.json) {
        console.log(formatBacktest(candidate.actionType, baseline.versionId, backtest, tolerance).join("\n"));
      }
    }
  } finally {
    await db.close();
  }
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else if (report.length === 0) console.log("Nothing to compare: every policy is as it was recorded last.");
  if (isOver) process.exitCode = 1;
}

function readArguments() {
  try {
    const text = { type: "string" } as const;
    const flag = { type: "boolean" } as const;
    return parseArgs({
      options: {
        policy: text,
        type: text,
        against: text,
        since: text,
        tolerance: text,
        "include-imported": flag,
        json: flag,
      },
    });
  } catch {
    throw new PlainError(USAGE);
  }
}

function readSince(text: string | undefined, until: Date): Date {
  if (text === undefined) return new Date(until.getTime() - 90 * DAY_MS);
  if (!isCalendarDay(text)) {
    throw new PlainError(`--since ${JSON.stringify(text)} is no day such as 2026-08-01.`);
  }
  return new Date(`${text}T00:00:00Z`);
}

function readTolerance(text: string | undefined): number {
  const percent = Number(text ?? 5);
  if (percent > 0 && percent <= 100) return percent / 100;
  throw new PlainError(`--tolerance ${JSON.stringify(text)} is no share in percent such as 5.`);
}

try {
  loadEnvironmentFile();
  await run();
} catch (error) {
  if (!(error instanceof PolicyError || error instanceof PlainError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
