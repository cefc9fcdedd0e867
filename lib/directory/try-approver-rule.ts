import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { parseInput } from "@/lib/parse-input";
import { approverRuleSchema } from "@/lib/routing/approver-rule";
import { resolveApprovers } from "@/lib/routing/resolve-approvers";
import { getDirectory } from "./load-directory";

const inputSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** Tried instead of what is stored: a rule as it stands in the editor. */
  definition: approverRuleSchema.optional(),
  amount: z.number().nullable(),
  departmentId: z.string().max(100).nullable(),
  at: z.iso.datetime({ offset: true }),
  required: z.int().min(1).max(20).default(1),
});

/** Who would be asked, and why each other is not. */
export interface RuleTrial {
  /** The band, counted from 1; null when there is no such rule. */
  band: number | null;
  approvers: { id: string; name: string; because: string }[];
  passedOver: { who: string; because: string }[];
  enough: boolean;
}

/**
 * Who an approver rule would ask about a draft of this amount and department at this moment. Nothing is stored.
 * @throws CountersignError `forbidden`, `invalid_request`.
 */
export async function tryApproverRule(ctx: Context, input: z.input<typeof inputSchema>): Promise<RuleTrial> {
  requirePermission(ctx.actor, "organisation.read");
  const { name, definition, at, ...question } = parseInput(inputSchema, input);
  const stored = await getDirectory(ctx.db);
  const directory = definition
    ? { ...stored, rules: new Map([...stored.rules, [name, definition]]) }
    : stored;
  const nameOf = (id: string) => directory.people.get(id)?.name ?? id;
  const { band, approvers, passedOver, enough } = resolveApprovers(directory, {
    ...question,
    rule: name,
    at: new Date(at),
    barred: new Set(),
  });
  return {
    band: band === null ? null : band + 1,
    approvers: approvers.map(({ personId, via, onBehalfOf }) => {
      const how = {
        person: "named by the rule",
        group: `in the group ${"name" in via ? via.name : ""}`,
        schedule: `on call in ${"name" in via ? via.name : ""}`,
        department_head: `head of ${"name" in via ? via.name : ""}`,
        every_approver: "an approver",
      }[via.kind];
      const because = onBehalfOf === null ? how : `stands in for ${nameOf(onBehalfOf)}, ${how}`;
      return { id: personId, name: nameOf(personId), because };
    }),
    passedOver,
    enough,
  };
}
