import { absenceOf } from "@/lib/routing/delegate";
import type { Directory } from "@/lib/routing/directory";
import { onCallAt } from "@/lib/routing/on-call";

/** Whether somebody is away now and until when (ISO), and the schedules by which they are on call now. */
export interface Presence {
  awayUntil: string | null;
  onCall: string[];
}

/** Tells of any person whether they are away or on call at a moment. Each schedule is asked once. */
export function presenceAt(directory: Directory, at: Date): (personId: string) => Presence {
  const onCall = new Map<string, string[]>();
  for (const { name, definition, overrides } of directory.schedules.values()) {
    const personId = onCallAt(definition, overrides, at)?.personId;
    if (personId) onCall.set(personId, [...(onCall.get(personId) ?? []), name]);
  }
  return (personId) => ({
    awayUntil: absenceOf(directory, personId, at)?.endsAt.toISOString() ?? null,
    onCall: onCall.get(personId) ?? [],
  });
}
