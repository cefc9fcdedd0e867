"use server";

import { action } from "@/lib/adapters/action";
import { addGroupMember } from "@/lib/directory/add-group-member";
import { createGroup } from "@/lib/directory/create-group";
import { deleteGroup } from "@/lib/directory/delete-group";
import { removeGroupMember } from "@/lib/directory/remove-group-member";
import { renameGroup } from "@/lib/directory/rename-group";

export const createGroupAction = action(createGroup);
export const renameGroupAction = action(renameGroup);
export const deleteGroupAction = action(deleteGroup);
export const addGroupMemberAction = action(addGroupMember);
export const removeGroupMemberAction = action(removeGroupMember);
