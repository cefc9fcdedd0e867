import { CHECKS_AGENT_ID } from "@/lib/checks/checks-agent";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { titleOf } from "./title-of";

/** What lists of drafts can be narrowed to, by title and name. */
export interface FilterOptions {
  /** With the names of the rules that drafts of a type are decided under. */
  types: { id: string; title: string; rules: string[] }[];
  agents: string[];
}

const MOST_AGENTS = 500;

/** The action types that have a policy, and the agents that draft. */
export async function listFilterOptions(ctx: Context): Promise<FilterOptions> {
  const agents = await ctx.db.rows<{ name: string }>(sql`
    SELECT name FROM agent WHERE id <> ${CHECKS_AGENT_ID} ORDER BY name LIMIT ${MOST_AGENTS}`);
  const types = [...ctx.policies.entries()].map(([id, policy]) => ({
    id,
    title: titleOf(policy, id),
    rules: ruleNamesOf(policy),
  }));
  return {
    types: types.sort((one, other) => one.title.localeCompare(other.title, "en")),
    agents: agents.map(({ name }) => name),
  };
}

/** As `evaluate` names them. */
const ruleNamesOf = ({ policy }: LoadedPolicy): string[] =>
  policy.prohibited ? ["prohibited"] : [...policy.rules.map(({ name }) => name), "default"];
