import { standInOf } from "@/lib/routing/delegate";
import type { Directory } from "@/lib/routing/directory";
import { nowAndNext } from "@/lib/routing/now-and-next";
import type { Override, Schedule } from "@/lib/routing/schedule";

/** Who is on call, who is next, as pages show it. */
export interface OnCallNow {
  now: {
    personId: string;
    name: string;
    /** Null when nobody else takes over within a year. */
    until: Date | null;
    /** Who answers while they are away, or why nobody does; null when they answer themselves. */
    standIn: { name: string } | { because: string } | null;
  } | null;
  /** Null when nothing changes within a year; a null name is nobody. */
  next: { name: string | null; from: Date } | null;
}

export function onCallNow(
  directory: Directory,
  definition: Schedule,
  overrides: readonly Override[],
  at: Date,
): OnCallNow {
  const { now, next } = nowAndNext(definition, overrides, at);
  const nameOf = (id: string) => directory.people.get(id)?.name ?? id;
  return {
    now: now && { ...now, name: nameOf(now.personId), standIn: standInFor(directory, now.personId, at) },
    next: next && { name: next.personId === null ? null : nameOf(next.personId), from: next.from },
  };
}

function standInFor(directory: Directory, personId: string, at: Date) {
  const answers = standInOf(directory, personId, at);
  if (answers.personId === null) return { because: answers.because };
  return answers.personId === personId ? null : { name: directory.people.get(answers.personId)!.name };
}
