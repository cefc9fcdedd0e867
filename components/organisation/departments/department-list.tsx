import Link from "next/link";
import type { ListedDepartment } from "@/lib/directory/list-departments";
import { Chip } from "../chips";
import { ListRow, ListTable, ROW_LINK } from "../list-table";

const COLUMNS = [
  { label: "Name" },
  { label: "Head", className: "hidden w-1/3 sm:table-cell" },
  { label: "People", className: "w-24 text-right" },
];

/** One page of departments. */
export function DepartmentList({ departments }: { departments: ListedDepartment[] }) {
  return (
    <ListTable label="Departments" columns={COLUMNS}>
      {departments.map(({ id, name, head, members }) => (
        <ListRow
          key={id}
          columns={COLUMNS}
          cells={[
            <div key="name" className="min-w-0">
              <Link
                href={`/organisation/departments/${id}`}
                prefetch={false}
                className={`${ROW_LINK} block truncate`}
              >
                {name}
              </Link>
              <div className="text-xs sm:hidden">
                <Head head={head} />
              </div>
            </div>,
            <Head key="head" head={head} />,
            <span key="people" className="tabular">
              {members}
            </span>,
          ]}
        />
      ))}
    </ListTable>
  );
}

function Head({ head }: { head: ListedDepartment["head"] }) {
  if (!head) return <span className="text-muted">no head</span>;
  return (
    <span className="flex min-w-0 items-center gap-2 text-muted">
      <span className="truncate">{head.name}</span>
      {head.disabled && <Chip look="bad">disabled</Chip>}
    </span>
  );
}
