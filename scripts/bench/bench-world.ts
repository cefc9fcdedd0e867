import type { Context, KeyActor, PersonActor } from "@/lib/context";
import { createTestWorld } from "@/lib/db/test-world";
import type { BenchDatabase } from "./bench-server";

/** The people and the agent of a bench database. */
export interface BenchWorld extends BenchDatabase {
  agent: Context<KeyActor>;
  agentKey: string;
  /** Approvers who clear the batch queue. */
  approvers: Context<PersonActor>[];
  /** Approvers who are on `finance_oncall` besides. */
  finance: Context<PersonActor>[];
  integrationKeyId: string;
}

/** Fills an empty database with a small organisation, and its approver rules. */
export async function createBenchWorld(database: BenchDatabase): Promise<BenchWorld> {
  const world = await createTestWorld(database.db);
  const approvers = [];
  for (const name of ["ann", "ben", "cleo", "dan"]) approvers.push(await world.person(name));
  const finance = [];
  for (const name of ["fay", "gus"]) finance.push(await world.person(name, { rules: ["finance_oncall"] }));
  await world.person("lea", { rules: ["finance_lead"] });
  const owner = await world.person("owner", { roles: ["admin"] });
  const agent = await world.agent("shop", owner.actor.personId);
  const integration = await world.integration("crm", owner.actor.personId);
  return {
    ...database,
    agent: agent.ctx,
    agentKey: agent.key,
    approvers,
    finance,
    integrationKeyId: integration.ctx.actor.keyId,
  };
}
