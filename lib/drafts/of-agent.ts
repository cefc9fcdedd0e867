import { type Statement, sql } from "@/lib/db/sql";

/**
 * The condition that this row of `draft` is an agent's to read, take back and carry out: it drafted it, or had the
 * built-in drafter write it.
 */
export const ofAgent = (agentId: string): Statement => sql`
  (draft.agent_id = ${agentId} OR draft.requesting_key_id IN (SELECT api_key.id FROM api_key WHERE api_key.agent_id = ${agentId}))`;
