import type { PersonActor } from "@/lib/context";
import type { Directory } from "@/lib/routing/directory";
import type { Notice } from "./notice";

/**
 * Tells the admins that something is held back to review, and whoever else is to know, apart from who did it. The key is
 * the hold's id: a notice of it leads there.
 */
export const aboutHold = (
  directory: Directory,
  hold: {
    id: string;
    what: string;
    by: Pick<PersonActor, "personId" | "name">;
    also?: readonly string[];
    /** In place of who holds what. */
    text?: string;
  },
): Notice[] => {
  const admins = [...directory.people.values()].filter(({ isAdmin }) => isAdmin).map(({ id }) => id);
  return [...new Set([...admins, ...(hold.also ?? [])])]
    .filter((id) => id !== hold.by.personId)
    .map((personId) => ({
      personId,
      kind: "hold",
      draftId: null,
      text: hold.text ?? `${hold.by.name} holds ${hold.what} back to review.`,
      dedupeKey: hold.id,
    }));
};
