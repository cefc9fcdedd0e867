/** The people whom duty keeps from deciding a draft, by person id, with the reason shown to them. */
export interface Duties {
  agentOwnerId: string;
  keyOwnerId: string;
  keyCreatorId: string | null;
  keyRotatorId: string | null;
  requestedById: string | null;
  /** People behind the agent that had it drafted: its owner, and whose key that was, or who created or rotated it. */
  behindIds: readonly string[];
  /** People who changed the payload under decision. */
  editorIds: readonly string[];
}

/**
 * Why this person may not decide the draft, as one sentence; null when duty does not stand in their way.
 * Admins are no exception.
 */
export function separatedBecause(personId: string, duties: Duties): string | null {
  if (personId === duties.agentOwnerId) return "You own the agent that drafted this.";
  if (personId === duties.keyOwnerId) return "The key that submitted this is yours.";
  if (personId === duties.keyCreatorId) return "You created the key that submitted this.";
  if (personId === duties.keyRotatorId) return "You rotated the key that submitted this.";
  if (personId === duties.requestedById) return "You asked for this yourself.";
  if (duties.behindIds.includes(personId)) return "The agent that asked for this, or its key, is yours.";
  if (duties.editorIds.includes(personId)) return "You edited this; somebody else approves your edit.";
  return null;
}

/** All the people whom duty keeps from deciding the draft. */
export const barredBy = (duties: Duties): Set<string> =>
  new Set(
    [
      duties.agentOwnerId,
      duties.keyOwnerId,
      duties.keyCreatorId,
      duties.keyRotatorId,
      duties.requestedById,
      ...duties.behindIds,
      ...duties.editorIds,
    ].filter((id) => id !== null),
  );
