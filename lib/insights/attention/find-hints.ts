import { FEW_CASES } from "../figures/rate";
import type { Rate } from "../figures/types";
import type { AttentionFigures, WorkHour } from "./types";

/** Something worth a thought, in words that help: what is seen, and what may be done about it. */
export interface AttentionHint {
  kind: "quick" | "checks" | "streak" | "hours" | "overturned";
  sentence: string;
}

/** Above so many approvals in a row nothing is learned from one more. */
const LONG_STREAK = 50;
const OFTEN_QUICK = 0.2;
const OFTEN_OVERTURNED = 0.1;
const OFTEN_MISSED = 0.3;
const MUCH_SHORTER = 0.5;

/**
 * What figures of enough cases say, if anything: a share counts once its whole interval is beyond what is usual, so few
 * cases never say a thing. Nobody is ranked: each is held against what a policy asks, not against colleagues.
 */
export function findHints(figures: AttentionFigures, hours: readonly WorkHour[] = []): AttentionHint[] {
  const hints: AttentionHint[] = [];
  const { quick, caught, overturned, streak } = figures;
  if (isMoreThan(quick, OFTEN_QUICK)) {
    hints.push({
      kind: "quick",
      sentence:
        "Often quicker than the policy asks. Either it asks for too long, or there is too much to look at: smaller batches may help.",
    });
  }
  if (caught && isMoreThan(missedOf(caught), OFTEN_MISSED)) {
    hints.push({
      kind: "checks",
      sentence:
        "Many checks were missed. They say which field was wrong: look through the last ones together, and see whether the screen shows it well.",
    });
  }
  if (isMoreThan(overturned, OFTEN_OVERTURNED)) {
    hints.push({
      kind: "overturned",
      sentence: "Overturns much of what ran by itself. The rules that let it run want another look.",
    });
  }
  if (streak >= LONG_STREAK) {
    hints.push({
      kind: "streak",
      sentence: `Approved the last ${streak.toLocaleString("en-US")} as they were. If that is right, such drafts may be ready to run by themselves.`,
    });
  }
  const tired = findShorterHour(hours);
  if (tired) {
    hints.push({
      kind: "hours",
      sentence: `From hour ${tired.hour} of work on, a look takes less than half as long as in the first hour. A break, or passing some on, may help.`,
    });
  }
  return hints;
}

const isMoreThan = (rate: Rate | null, share: number): boolean =>
  rate !== null && rate.of >= FEW_CASES && rate.low > share;

const missedOf = ({ of, count, share, low, high }: Rate): Rate => ({
  of,
  count: of - count,
  share: 1 - share,
  low: 1 - high,
  high: 1 - low,
});

function findShorterHour(hours: readonly WorkHour[]): WorkHour | undefined {
  const first = hours.find(({ hour }) => hour === 1);
  const usual = first?.medianSeconds;
  if (!first || first.decisions < FEW_CASES || !usual) return undefined;
  return hours.find(
    ({ hour, decisions, medianSeconds }) =>
      hour > 1 && decisions >= FEW_CASES && medianSeconds !== null && medianSeconds < MUCH_SHORTER * usual,
  );
}
