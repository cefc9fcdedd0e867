import { z } from "zod";
import { parseCondition } from "./condition";
import { quoteFound } from "./policy-error";

/** A condition stays as written in the file (it is compiled later); here it is only checked. */
export const condition = z
  .unknown()
  .superRefine((raw, context) => {
    const problems: Parameters<typeof parseCondition>[1] = [];
    parseCondition(raw, problems);
    for (const { path, found, allowed } of problems ?? []) {
      context.addIssue({ code: "custom", path, message: allowed, params: { found } });
    }
  })
  .meta({
    id: "condition",
    description:
      "Facts with an operator suffix (amount_lte, status_in …) or a bare true/false, all of which must hold; " +
      "all, any and not nest.",
  });

/** A hard block's condition: an empty one would forbid everything. */
export const hardBlockCondition = condition
  .superRefine((raw, context) => {
    if (typeof raw === "object" && raw !== null && !Array.isArray(raw) && Object.keys(raw).length === 0) {
      const message = 'a condition that is not empty; to forbid the action altogether use "prohibited": true';
      context.addIssue({ code: "custom", message, params: { found: quoteFound(raw) } });
    }
  })
  .meta({ id: "hard_block_condition" });
