import type { Metadata } from "next";
import { DepartmentList } from "@/components/organisation/departments/department-list";
import { NewDepartment } from "@/components/organisation/departments/new-department";
import { ListFilters } from "@/components/organisation/list-filters";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { DEPARTMENTS } from "@/components/organisation/page-words";
import { Pager } from "@/components/organisation/pager";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listDepartments } from "@/lib/directory/list-departments";
import { createDepartmentAction } from "./actions";

export const metadata: Metadata = { title: DEPARTMENTS.title };

export default async function DepartmentsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  const { q, page } = readSearchParams(await searchParams);
  const departments = await listDepartments(await createContext(actor), { query: q, page });
  return (
    <PageFrame
      {...DEPARTMENTS}
      actions={may(actor, "organisation.write") && <NewDepartment create={createDepartmentAction} />}
    >
      <ListFilters searchLabel="Search departments" />
      {departments.rows.length > 0 ? (
        <DepartmentList departments={departments.rows} />
      ) : (
        <EmptyState title={q ? "No department matches" : "There is no department yet"}>
          {!q && "Add one, give it a head, and let rules ask the head about drafts of that department."}
        </EmptyState>
      )}
      <Pager {...departments} />
    </PageFrame>
  );
}
