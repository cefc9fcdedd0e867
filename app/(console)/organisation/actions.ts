"use server";

import { action } from "@/lib/adapters/action";
import { findPeople } from "@/lib/directory/find-people";

/** People for a picker, by part of their name or e-mail address. */
export const searchPeople = action(findPeople);
