import type { PersonActor } from "@/lib/context";
import type { Directory } from "@/lib/routing/directory";
import type { Notice } from "./notice";

/** Tells the admins, apart from who did it, that something is held back to review. */
export const aboutHold = (
  directory: Directory,
  hold: { id: string; what: string; by: Pick<PersonActor, "personId" | "name"> },
): Notice[] =>
  [...directory.people.values()]
    .filter(({ id, isAdmin }) => isAdmin && id !== hold.by.personId)
    .map(({ id }) => ({
      personId: id,
      kind: "hold",
      draftId: null,
      text: `${hold.by.name} holds ${hold.what} back to review.`,
      dedupeKey: hold.id,
    }));
