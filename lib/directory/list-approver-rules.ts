import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import type { ApproverRuleDefinition, ApproverTarget } from "@/lib/routing/approver-rule";
import type { Directory } from "@/lib/routing/directory";
import { resolveApprovers, ruleNamed } from "@/lib/routing/resolve-approvers";
import { getDirectory } from "./load-directory";

/** One target of a rule with the name that people know it by. */
export type NamedTarget = ApproverTarget & { name: string };

/** An approver rule as the screen shows it. */
export interface ApproverRuleView {
  name: string;
  /** False for a name that policies use and nobody has entered; it asks nobody then, unless it is the default rule. */
  exists: boolean;
  description: string;
  version: number;
  bands: { up_to: number | null; mode: "first" | "all"; ask: NamedTarget[]; now: string[] }[];
  /** The action types whose policies route or escalate to it. */
  usedBy: string[];
  /** Drafts that wait for it now. */
  pending: number;
}

/** Every approver rule that is entered or that a policy names, with whom each band asks at this moment. */
export async function listApproverRules(ctx: Context): Promise<ApproverRuleView[]> {
  requirePermission(ctx.actor, "organisation.read");
  const [directory, rows] = await Promise.all([
    getDirectory(ctx.db),
    ctx.db.rows<{ name: string; description: string | null; version: number | null; pending: number }>(sql`
      SELECT name, rule.description, rule.version, coalesce(waiting.pending, 0)::int AS pending
      FROM approver_rule AS rule
      FULL JOIN (SELECT approver_rule AS name, count(*) AS pending FROM draft WHERE status = 'pending' GROUP BY 1) AS waiting
        USING (name)`),
  ]);
  const users = usersOf(ctx.policies);
  const stored = new Map(rows.map((row) => [row.name, row]));
  const names = [...new Set([...stored.keys(), ...users.keys()])].sort();
  return names.map((name) => {
    const row = stored.get(name);
    const definition = ruleNamed(directory, name);
    return {
      name,
      exists: row?.version != null,
      description: row?.description ?? "",
      version: row?.version ?? 0,
      bands: definition ? bandsOf(directory, name, definition, ctx.now()) : [],
      usedBy: users.get(name) ?? [],
      pending: row?.pending ?? 0,
    };
  });
}

function usersOf(policies: LoadedPolicies): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { actionType, policy } of policies.values()) {
    const named = [...policy.rules, policy.fallback].flatMap(({ approver_rule, escalation }) => [
      ...(approver_rule === null ? [] : [approver_rule]),
      ...escalation.map(({ to }) => to),
    ]);
    for (const name of new Set(named)) users.set(name, [...(users.get(name) ?? []), actionType]);
  }
  return users;
}

const bandsOf = (directory: Directory, rule: string, { bands }: ApproverRuleDefinition, at: Date) =>
  bands.map(({ up_to, mode, ask }) => {
    const question = { rule, amount: up_to, departmentId: null, required: 1, at, barred: new Set<string>() };
    const { approvers } = resolveApprovers(directory, question);
    return {
      up_to,
      mode,
      ask: ask.map((target) => ({ ...target, name: nameOf(directory, target) })),
      now: approvers.map(({ personId }) => directory.people.get(personId)?.name ?? personId),
    };
  });

function nameOf({ people, groups, schedules }: Directory, target: ApproverTarget): string {
  switch (target.kind) {
    case "person":
      return people.get(target.id)?.name ?? "somebody who is gone";
    case "group":
      return groups.get(target.id)?.name ?? "a group that is gone";
    case "schedule":
      return schedules.get(target.id)?.name ?? "a schedule that is gone";
    case "department_head":
      return "the head of the draft's department";
    case "every_approver":
      return "every approver";
  }
}
