"use server";

import { action } from "@/lib/adapters/action";
import { signQuarter } from "@/lib/insights/quarter/sign-quarter";

/** Signs a quarter off. */
export const sign = action(signQuarter);
