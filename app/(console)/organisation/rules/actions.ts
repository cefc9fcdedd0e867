"use server";

import { action } from "@/lib/adapters/action";
import { deleteApproverRule, saveApproverRule } from "@/lib/directory/save-approver-rule";
import { tryApproverRule } from "@/lib/directory/try-approver-rule";

/** Enters an approver rule, or replaces it. */
export const saveRule = action(saveApproverRule);

/** Takes an approver rule away that nothing uses. */
export const deleteRule = action(deleteApproverRule);

/** Who a rule would ask; stores nothing. */
export const tryRule = action(tryApproverRule);
