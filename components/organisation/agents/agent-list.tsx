import Link from "next/link";
import { Age } from "@/components/ui/time-left";
import type { ListedAgent } from "@/lib/agents/list-agents";
import { Chip } from "../chips";
import { ListRow, ListTable, ROW_LINK } from "../list-table";
import { recentWords } from "./recent-words";

const COLUMNS = [
  { label: "Agent" },
  { label: "Owner", className: "hidden w-40 md:table-cell" },
  { label: "Keys", className: "w-16 text-right" },
  { label: "Last draft", className: "hidden w-24 text-right sm:table-cell" },
  { label: "Drafts in 30 days", className: "hidden w-72 pl-6 lg:table-cell" },
];

/** One page of agents. */
export function AgentList({ agents, serverNow }: { agents: ListedAgent[]; serverNow: number }) {
  return (
    <ListTable label="Agents" columns={COLUMNS}>
      {agents.map((agent) => (
        <ListRow
          key={agent.id}
          columns={COLUMNS}
          cells={[
            <div key="name" className="min-w-0">
              <div className="flex min-w-0 flex-wrap items-center gap-x-2">
                <Link
                  href={`/organisation/agents/${agent.id}`}
                  prefetch={false}
                  className={`${ROW_LINK} truncate`}
                >
                  {agent.name}
                </Link>
                {agent.disabled && <Chip look="bad">disabled</Chip>}
              </div>
              <p className="truncate text-muted text-xs md:hidden">{agent.owner.name}</p>
              <p className="text-muted text-xs lg:hidden">{recentWords(agent.recent)}</p>
            </div>,
            <Owner key="owner" owner={agent.owner} />,
            <span key="keys" className="tabular">
              {agent.keys}
            </span>,
            agent.lastDraftAt ? (
              <Age key="last" at={agent.lastDraftAt} serverNow={serverNow} ago />
            ) : (
              <span key="last" className="text-muted">
                never
              </span>
            ),
            <span key="recent" className="block truncate text-muted">
              {recentWords(agent.recent)}
            </span>,
          ]}
        />
      ))}
    </ListTable>
  );
}

const Owner = ({ owner }: { owner: ListedAgent["owner"] }) => (
  <span className="flex min-w-0 items-center gap-2 text-muted">
    <span className="truncate">{owner.name}</span>
    {owner.disabled && (
      <Chip look="bad" title="Its keys open nothing while the owner is disabled">
        disabled
      </Chip>
    )}
  </span>
);
