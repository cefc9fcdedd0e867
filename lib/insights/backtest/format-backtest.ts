import type { Evidence } from "./evidence";
import type { Backtest, Place } from "./replay-policies";

const OFFENCES = 20;

/** A backtest as lines for a terminal. */
export function formatBacktest(
  actionType: string,
  against: string,
  backtest: Backtest & { since: Date; until: Date },
  tolerance: number,
): string[] {
  const { drafts, unmoved, moves, added, all, imported, unknown, slices, attention, offences, automatic } =
    backtest;
  const days = `${backtest.since.toISOString().slice(0, 10)} to ${backtest.until.toISOString().slice(0, 10)}`;
  const isOver = added.drafts > 0 && added.bound >= tolerance;
  return [
    "",
    `${actionType}, against ${against}: ${drafts} drafts submitted ${days} (UTC)`,
    `  ${unmoved} stay where they were`,
    ...moves.map((move) => `  ${String(move.drafts).padStart(6)}  ${say(move.from)} → ${say(move.to)}`),
    `  by themselves: ${automatic.before} before, ${automatic.after} after`,
    ...(unknown > 0 ? [`  ${unknown} stay with people, as facts that it needs are unknown`] : []),
    ...(added.drafts === 0
      ? ["  nothing runs by itself that did not before"]
      : [
          `  newly by themselves: ${sayEvidence(added)}`,
          `  all by themselves:   ${sayEvidence(all)}`,
          ...(imported.drafts > 0 ? [`  imported, apart:     ${sayEvidence(imported)}`] : []),
          attention
            ? `  attention saved: ${attention.minutes.toFixed(0)} minutes (${attention.measured} measured, ${attention.estimated} by the median of ${attention.medianSeconds} s)`
            : "  attention saved: nobody's time was measured",
          ...slices.map(
            ({ by, value, evidence }) => `    ${`${by} ${value}`.padEnd(36)} ${sayEvidence(evidence)}`,
          ),
          ...(offences.length > 0 ? ["  to look at:"] : []),
          ...offences
            .slice(0, OFFENCES)
            .map(({ id, outcome, amount }) => `    ${id}  ${outcome}${amount === null ? "" : `  ${amount}`}`),
          ...(added.wrong > OFFENCES ? [`    … and ${added.wrong - OFFENCES} more`] : []),
          isOver
            ? `  OVER the tolerance of ${percent(tolerance)}: as many as ${percent(added.bound)} may be wrong`
            : `  within the tolerance of ${percent(tolerance)}`,
        ]),
  ];
}

const sayEvidence = ({ drafts, decided, wrong, bound }: Evidence): string =>
  decided === 0
    ? `${drafts} drafts, none of them decided by people`
    : `${drafts} drafts, ${decided} decided, ${wrong} wrong, at most ${percent(bound)} with 95% confidence`;

const say = ({ tier, route }: Place): string => `${tier} ${route}`;

const percent = (share: number): string => `${Number((share * 100).toFixed(2))}%`;
