"use server";

import { action } from "@/lib/adapters/action";
import { changeCheckSettings } from "@/lib/checks/change-check-settings";

/** Turns checks of attention on, with their share, or off. */
export const changeChecks = action(changeCheckSettings);
