"use server";

import { action } from "@/lib/adapters/action";
import { tryFacts } from "@/lib/policy-files/try-facts";

/** What a policy makes of some facts; stores nothing. */
export const tryOut = action(tryFacts);
