import type { Metadata } from "next";
import { AgentPage } from "@/components/organisation/agents/agent-page";
import { createContext } from "@/lib/adapters/context";
import { orNotFound } from "@/lib/adapters/or-not-found";
import { getAgent } from "@/lib/agents/get-agent";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import {
  changeAgentAction,
  issueKeyAction,
  revokeKeyAction,
  rotateKeyAction,
  setAgentDisabledAction,
} from "../actions";

export const metadata: Metadata = { title: "Agent" };

export default async function OneAgentPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const { id } = await params;
  const agent = await orNotFound(getAgent(ctx, { id }));
  const actions = {
    change: changeAgentAction,
    setDisabled: setAgentDisabledAction,
    issue: issueKeyAction,
    rotate: rotateKeyAction,
    revoke: revokeKeyAction,
  };
  return (
    <AgentPage
      agent={agent}
      serverNow={ctx.now().getTime()}
      actions={may(actor, "keys.write") ? actions : null}
    />
  );
}
