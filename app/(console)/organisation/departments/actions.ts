"use server";

import { action } from "@/lib/adapters/action";
import { changeDepartment } from "@/lib/directory/change-department";
import { createDepartment } from "@/lib/directory/create-department";
import { deleteDepartment } from "@/lib/directory/delete-department";

export const createDepartmentAction = action(createDepartment);
export const changeDepartmentAction = action(changeDepartment);
export const deleteDepartmentAction = action(deleteDepartment);
