"use server";

import { action } from "@/lib/adapters/action";
import { restoreExample } from "@/lib/examples/restore-example";
import { withdrawExample } from "@/lib/examples/withdraw-example";

/** Takes an example out of prompts. */
export const withdraw = action(withdrawExample);

/** Puts a withdrawn example back. */
export const restore = action(restoreExample);
