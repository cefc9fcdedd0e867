import type { Role } from "@/lib/context";
import type { ApproverRuleDefinition } from "@/lib/routing/approver-rule";
import type { Schedule } from "@/lib/routing/schedule";

/** A person of the demo organisation; `per_` and their name is the id, their first names and surname the e-mail. */
export interface DemoPerson {
  id: string;
  name: string;
  email: string;
  department: string;
  manager: string | null;
  roles: Role[];
}

const person = (
  name: string,
  department: string,
  roles: Role[],
  manager: string | null = null,
): DemoPerson => {
  const slug = name.toLowerCase().replaceAll(" ", "_");
  return {
    id: `per_${slug}`,
    name,
    email: `${slug.replace("_", ".")}@example.com`,
    department,
    manager,
    roles,
  };
};

/**
 * Enough people to see each role and each rule at work. Daniel Weiss owns agents and approves: what they draft is
 * never his to decide. Grace Okafor has two roles.
 */
export const people: DemoPerson[] = [
  person("Grace Okafor", "finance", ["approver", "manager"]),
  person("Victor Stein", "finance", ["approver"], "per_grace_okafor"),
  person("Ines Moreau", "finance", ["approver"], "per_grace_okafor"),
  person("Tomas Lindqvist", "finance", ["approver"], "per_grace_okafor"),
  person("Lucia Romero", "support", ["manager"]),
  person("Daniel Weiss", "support", ["approver"], "per_lucia_romero"),
  person("Mei Tanaka", "support", ["approver"], "per_lucia_romero"),
  person("Aisha Karim", "support", ["approver"], "per_lucia_romero"),
  person("Hanna Virtanen", "security", ["approver"]),
  person("Samir Haddad", "security", ["approver"], "per_hanna_virtanen"),
  person("Priya Nair", "platform", ["approver"]),
  person("Oliver Grant", "platform", ["approver"], "per_priya_nair"),
  person("Ruth Adler", "platform", ["admin"]),
  person("Jonas Keller", "security", ["auditor"], "per_hanna_virtanen"),
];

export const departments = [
  { id: "finance", name: "Finance", head: "per_grace_okafor" },
  { id: "support", name: "Support", head: "per_lucia_romero" },
  { id: "platform", name: "Platform", head: "per_priya_nair" },
  { id: "security", name: "Security", head: "per_hanna_virtanen" },
].map((each) => ({ ...each, id: `dep_${each.id}` }));

export const groups = [
  {
    id: "grp_change_board",
    name: "Change board",
    members: ["per_priya_nair", "per_oliver_grant", "per_hanna_virtanen"],
  },
  {
    id: "grp_customer_care",
    name: "Customer care",
    members: ["per_daniel_weiss", "per_mei_tanaka", "per_aisha_karim"],
  },
  { id: "grp_controllers", name: "Controllers", members: ["per_grace_okafor", "per_victor_stein"] },
];

/** Two people taking turns by the week, Mondays at nine; in force since long before the demo. */
const weekly = (id: string, name: string, time_zone: string, participants: string[]) => ({
  id,
  name,
  definition: {
    time_zone,
    layers: [
      {
        name: "Weekly",
        participants,
        rotation: { unit: "week", every: 1, handover: "09:00", weekday: 1 },
        starts_on: "2026-01-05",
      },
    ],
  } satisfies Schedule,
});

export const schedules = [
  weekly("sch_finance", "Finance on call", "Europe/Berlin", ["per_ines_moreau", "per_tomas_lindqvist"]),
  weekly("sch_security", "Security on call", "Europe/Helsinki", ["per_samir_haddad", "per_hanna_virtanen"]),
  weekly("sch_platform", "Platform on call", "Europe/London", ["per_oliver_grant", "per_priya_nair"]),
];

const named = (id: string) => ({ kind: "person", id }) as const;
const onCall = (id: string) => ({ kind: "schedule", id }) as const;
const group = (id: string) => ({ kind: "group", id }) as const;
type Band = ApproverRuleDefinition["bands"][number];
const rule = (name: string, description: string, ...bands: Band[]) => ({
  name,
  description,
  definition: { bands } satisfies ApproverRuleDefinition,
});

export const approverRules = [
  rule(
    "finance_oncall",
    "Who answers for money this week",
    { up_to: 5000, mode: "first", ask: [onCall("sch_finance"), named("per_victor_stein")] },
    { up_to: null, mode: "first", ask: [group("grp_controllers")] },
  ),
  rule("finance_lead", "Who answers when finance on call does not", {
    up_to: null,
    mode: "all",
    ask: [group("grp_controllers")],
  }),
  rule("support_leads", "Who answers for what customers are told and promised", {
    up_to: null,
    mode: "all",
    ask: [group("grp_customer_care")],
  }),
  rule("security_oncall", "Who answers for access this week", {
    up_to: null,
    mode: "first",
    ask: [onCall("sch_security"), named("per_hanna_virtanen")],
  }),
  rule("security_lead", "Who answers when security on call does not", {
    up_to: null,
    mode: "all",
    ask: [named("per_hanna_virtanen")],
  }),
  rule("platform_oncall", "Who answers for production this week", {
    up_to: null,
    mode: "first",
    ask: [onCall("sch_platform"), group("grp_change_board")],
  }),
];

export const agents = [
  { id: "agt_retail_assistant", name: "Retail assistant", owner: "per_daniel_weiss" },
  { id: "agt_refund_assistant", name: "Refund assistant", owner: "per_daniel_weiss" },
  { id: "agt_ops_assistant", name: "Ops assistant", owner: "per_oliver_grant" },
];
