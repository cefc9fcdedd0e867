"use server";

import { action } from "@/lib/adapters/action";
import { putBeforePeople } from "@/lib/checks/samples/put-before-people";
import { placeHold } from "@/lib/holds/place-hold";
import { releaseHold } from "@/lib/holds/release-hold";

/** Holds automatic execution back to review. */
export const hold = action(placeHold);

/** Ends a hold. */
export const release = action(releaseHold);

/** Asks for a look afterwards at drafts that ran by themselves. */
export const putBefore = action(putBeforePeople);
