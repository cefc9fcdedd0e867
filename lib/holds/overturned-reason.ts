const BEGINNING = "Overturned afterwards";
const TOLD = new RegExp(`\\b${BEGINNING} \\(drf_\\w+\\): .*`, "s");

/** The reason of a hold that an overturned draft placed, for the people who meet it. */
export const overturnedReason = (draftId: string, reason: string): string =>
  `${BEGINNING} (${draftId}): ${reason}`.slice(0, 500);

/**
 * What an agent is told of such a hold: neither which draft somebody looked at, which may be another agent's, nor what they
 * wrote about it. Any other text stays as it is.
 */
export const toldToAgents = (text: string): string =>
  text.replace(TOLD, "something that it let run was overturned");
