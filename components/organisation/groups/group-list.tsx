import Link from "next/link";
import type { ListedGroup } from "@/lib/directory/list-groups";
import { Chip } from "../chips";
import { ListRow, ListTable, ROW_LINK } from "../list-table";
import { RuleLinks } from "../rule-links";

const COLUMNS = [
  { label: "Name" },
  { label: "Members", className: "w-24 text-right" },
  { label: "Asked by", className: "hidden w-1/2 pl-6 sm:table-cell" },
];

/** One page of groups. */
export function GroupList({ groups }: { groups: ListedGroup[] }) {
  return (
    <ListTable label="Groups" columns={COLUMNS}>
      {groups.map(({ id, name, members, rules }) => (
        <ListRow
          key={id}
          columns={COLUMNS}
          cells={[
            <div key="name" className="min-w-0">
              <Link
                href={`/organisation/groups/${id}`}
                prefetch={false}
                className={`${ROW_LINK} block truncate`}
              >
                {name}
              </Link>
              {rules.length > 0 && (
                <div className="sm:hidden">
                  <RuleLinks rules={rules} />
                </div>
              )}
            </div>,
            <span key="members" className="tabular">
              {members === 0 && rules.length > 0 ? <Chip look="warn">nobody</Chip> : members}
            </span>,
            rules.length > 0 ? (
              <RuleLinks key="rules" rules={rules} />
            ) : (
              <span key="rules" className="text-muted">
                no rule
              </span>
            ),
          ]}
        />
      ))}
    </ListTable>
  );
}
