import type { Metadata } from "next";
import { DepartmentPage } from "@/components/organisation/departments/department-page";
import { createContext } from "@/lib/adapters/context";
import { orNotFound } from "@/lib/adapters/or-not-found";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getDepartment } from "@/lib/directory/get-department";
import { changeDepartmentAction, deleteDepartmentAction } from "../actions";

export const metadata: Metadata = { title: "Department" };

export default async function OneDepartmentPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requirePerson();
  const { id } = await params;
  const department = await orNotFound(getDepartment(await createContext(actor), { id }));
  return (
    <DepartmentPage
      department={department}
      mayWrite={may(actor, "organisation.write")}
      change={changeDepartmentAction}
      remove={deleteDepartmentAction}
    />
  );
}
