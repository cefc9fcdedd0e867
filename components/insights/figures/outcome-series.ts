import type { SeriesStep } from "@/lib/insights/figures/types";

/**
 * What a chart of volume is made of, from the axis up. Colours differ in lightness too, so that they can be told apart
 * without seeing hues, and each has three to one against the surface in both themes.
 */
export const OUTCOMES = [
  { key: "automatic", label: "Ran by itself", color: "light-dark(#4f978e, #7db9b0)" },
  { key: "approved", label: "Approved", color: "light-dark(#1c4f8f, #9cc4f5)" },
  { key: "edited", label: "Edited and approved", color: "light-dark(#3d8fd1, #4f8fd0)" },
  { key: "rejected", label: "Rejected", color: "light-dark(#b23c0a, #f08350)" },
  { key: "changesRequested", label: "Changes asked for", color: "light-dark(#c58300, #f1c257)" },
  { key: "lapsed", label: "Lapsed", color: "light-dark(#7a2f63, #d893c1)" },
  { key: "other", label: "Withdrawn or blocked", color: "light-dark(#8f919c, #6d7078)" },
] as const satisfies { key: keyof SeriesStep; label: string; color: string }[];

/** All that a step counts. */
export const sumOf = (step: SeriesStep): number => OUTCOMES.reduce((sum, { key }) => sum + step[key], 0);
