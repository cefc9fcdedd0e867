"use server";

import { action } from "@/lib/adapters/action";
import { saveBusinessHours } from "@/lib/directory/business-hours";

/** Changes the hours in which business-hours deadlines count. */
export const saveHours = action(saveBusinessHours);
