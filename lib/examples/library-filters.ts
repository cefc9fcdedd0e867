import { z } from "zod";
import { OUTCOMES } from "@/lib/drafts/types";

/** What of the library somebody looks at. Left out, a filter leaves it open. */
export const libraryFiltersSchema = z.strictObject({
  /** Words that every one of them has, in whatever the draft says. */
  q: z.string().trim().max(500).optional(),
  actionType: z.string().min(1).max(100).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  /** Whether prompts may see it. */
  state: z.enum(["in_prompts", "withdrawn"]).optional(),
  source: z.enum(["here", "imported"]).optional(),
});
export type LibraryFilters = z.output<typeof libraryFiltersSchema>;
