/** The periods that there are, up to now. */
export const ATTENTION_DAYS = [7, 30, 90] as const;
export type AttentionDays = (typeof ATTENTION_DAYS)[number];

/** The period that an address asks for; thirty days where it asks for none there is. */
export const readDays = (asked: string | undefined): AttentionDays =>
  ATTENTION_DAYS.find((days) => String(days) === asked) ?? 30;
