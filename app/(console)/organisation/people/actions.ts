"use server";

import { action } from "@/lib/adapters/action";
import { addIdentity } from "@/lib/directory/add-identity";
import { changePerson } from "@/lib/directory/change-person";
import { createPerson } from "@/lib/directory/create-person";
import { removeIdentity } from "@/lib/directory/remove-identity";
import { setPersonDisabled } from "@/lib/directory/set-person-disabled";

export const createPersonAction = action(createPerson);
export const changePersonAction = action(changePerson);
export const setPersonDisabledAction = action(setPersonDisabled);
export const addIdentityAction = action(addIdentity);
export const removeIdentityAction = action(removeIdentity);
