"use server";

import { action } from "@/lib/adapters/action";
import { cancelAbsence } from "@/lib/directory/absences/cancel-absence";
import { enterAbsence } from "@/lib/directory/absences/enter-absence";

export const enter = action(enterAbsence);
export const cancel = action(cancelAbsence);
