import type { Directory } from "./directory";

/** Who answers in somebody's place: themselves, the end of their chain of delegates, or nobody, and why. */
export type StandIn = { personId: string; path: string[] } | { personId: null; because: string };

/**
 * Who answers for a person at a moment. Somebody who is away passes on what they could decide to their delegate, who may
 * be away too. A chain that comes back to somebody in it ends with nobody: it never loops.
 * Each link must be an approver: delegation widens nothing that one of them could not do.
 */
export function standInOf(directory: Directory, personId: string, at: Date): StandIn {
  const path: string[] = [];
  let id = personId;
  for (;;) {
    const person = directory.people.get(id);
    if (!person) return { personId: null, because: "somebody who is not known here" };
    if (!person.isApprover) return { personId: null, because: `${person.name} is not an approver` };
    const away = absenceOf(directory, id, at);
    if (!away) return { personId: id, path };
    if (away.delegateId === null) return { personId: null, because: `${person.name} is away` };
    path.push(id);
    if (path.includes(away.delegateId)) {
      return { personId: null, because: `${person.name} is away, and the delegates go round in a circle` };
    }
    id = away.delegateId;
  }
}

/** The absence that holds for a person at a moment; of several the one entered last. */
export const absenceOf = (directory: Directory, personId: string, at: Date) =>
  directory.absences.get(personId)?.find(({ startsAt, endsAt }) => startsAt <= at && at < endsAt) ?? null;
