import type { Metadata } from "next";
import { AgentList } from "@/components/organisation/agents/agent-list";
import { KeyList } from "@/components/organisation/agents/key-list";
import { NewAgent } from "@/components/organisation/agents/new-agent";
import { NewKey } from "@/components/organisation/agents/new-key";
import { ListFilters } from "@/components/organisation/list-filters";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { AGENTS } from "@/components/organisation/page-words";
import { Pager } from "@/components/organisation/pager";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { listAgents } from "@/lib/agents/list-agents";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listHolderKeys } from "@/lib/keys/list-holder-keys";
import { createAgentAction, issueKeyAction, revokeKeyAction, rotateKeyAction } from "./actions";

export const metadata: Metadata = { title: AGENTS.title };

const STATE = {
  name: "state",
  label: "State",
  options: [
    { value: "", label: "Active" },
    { value: "disabled", label: "Disabled" },
  ],
};

export default async function AgentsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const { q, state, page } = readSearchParams(await searchParams);
  const [agents, integrationKeys] = await Promise.all([
    listAgents(ctx, { query: q, state, page }),
    listHolderKeys(ctx, { agentId: null }),
  ]);
  const mayWrite = may(actor, "keys.write");
  const self = { id: actor.personId, name: actor.name };
  return (
    <PageFrame {...AGENTS} actions={mayWrite && <NewAgent self={self} create={createAgentAction} />}>
      <ListFilters searchLabel="Search agents" filters={[STATE]} />
      {agents.rows.length > 0 ? (
        <AgentList agents={agents.rows} serverNow={ctx.now().getTime()} />
      ) : (
        <EmptyState title={q || state ? "No agent matches" : "There is no agent yet"}>
          {!q && !state && "Add one, give it an owner, and make the key it submits drafts with."}
        </EmptyState>
      )}
      <Pager {...agents} />
      <section aria-labelledby="integrations" className="mt-8">
        <header className="mb-2 flex flex-wrap items-start justify-between gap-2">
          <div>
            <h2 id="integrations" className="font-semibold text-base">
              Integrations
            </h2>
            <p className="text-muted text-sm">
              Trusted systems: they push facts or read the trail, and draft nothing.
            </p>
          </div>
          {mayWrite && <NewKey holder={{ kind: "integration", self }} issue={issueKeyAction} />}
        </header>
        {integrationKeys.length > 0 ? (
          <div className="rounded-lg border bg-surface px-3">
            <KeyList
              named
              keys={integrationKeys}
              actions={mayWrite ? { rotate: rotateKeyAction, revoke: revokeKeyAction } : null}
            />
          </div>
        ) : (
          <EmptyState title="No system has a key yet">
            Make one with facts:write for the system that knows your customers and orders.
          </EmptyState>
        )}
      </section>
    </PageFrame>
  );
}
