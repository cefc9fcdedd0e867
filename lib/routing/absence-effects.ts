import { standInOf } from "./delegate";
import type { Absence, Directory } from "./directory";
import { shiftsBetween } from "./on-call";

/** What an absence leads to that whoever enters it may not expect, over a stretch of it. */
export type AbsenceEffect = { from: Date; until: Date } & (
  | { kind: "nobody"; because: string }
  /** The delegate is away too, and their own delegate answers. */
  | { kind: "further"; personId: string }
  /** On call then, and nobody stands in. */
  | { kind: "on_call"; schedule: string }
);

/**
 * What would follow from entering an absence: who answers in its course if not the delegate it names, and the shifts
 * that it leaves to nobody. Empty when it is as one would expect.
 */
export function absenceEffects(directory: Directory, absence: Absence): AbsenceEffect[] {
  const { personId, startsAt, endsAt } = absence;
  if (!directory.people.get(personId)?.isApprover) return [];
  if (absence.delegateId === null) return shiftsLeftAlone(directory, absence);
  const absences = new Map(directory.absences);
  absences.set(personId, [absence, ...(absences.get(personId) ?? [])]);
  const then: Directory = { ...directory, absences };
  const effects: AbsenceEffect[] = [];
  const moments = boundariesWithin(then, startsAt, endsAt);
  moments.forEach((from, index) => {
    const until = moments[index + 1] ?? endsAt;
    const answers = standInOf(then, personId, from);
    if (answers.personId === absence.delegateId) return;
    const effect: AbsenceEffect =
      answers.personId === null
        ? { kind: "nobody", because: answers.because, from, until }
        : { kind: "further", personId: answers.personId, from, until };
    const last = effects.at(-1);
    if (last && last.until.getTime() === from.getTime() && isSame(last, effect)) last.until = until;
    else effects.push(effect);
  });
  return effects;
}

const isSame = (one: AbsenceEffect, two: AbsenceEffect): boolean =>
  (one.kind === "nobody" && two.kind === "nobody" && one.because === two.because) ||
  (one.kind === "further" && two.kind === "further" && one.personId === two.personId);

/** The instants from `start` to `end` at which somebody's absence begins or ends, `start` included. */
function boundariesWithin({ absences }: Directory, start: Date, end: Date): Date[] {
  const instants = new Set([start.getTime()]);
  for (const each of absences.values()) {
    for (const { startsAt, endsAt } of each) {
      for (const instant of [startsAt, endsAt])
        if (instant > start && instant < end) instants.add(instant.getTime());
    }
  }
  return [...instants].sort((one, two) => one - two).map((instant) => new Date(instant));
}

/** By start. */
function shiftsLeftAlone({ schedules }: Directory, { personId, startsAt, endsAt }: Absence): AbsenceEffect[] {
  return [...schedules.values()]
    .flatMap(({ name, definition, overrides }) =>
      shiftsBetween(definition, overrides, startsAt, endsAt)
        .filter((shift) => shift.personId === personId)
        .map(({ start, end }) => ({ kind: "on_call" as const, schedule: name, from: start, until: end })),
    )
    .sort((one, two) => one.from.getTime() - two.from.getTime());
}
