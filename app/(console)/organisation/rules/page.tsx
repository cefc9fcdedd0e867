import type { Metadata } from "next";
import { RuleList } from "@/components/organisation/rules/rule-list";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listApproverRules } from "@/lib/directory/list-approver-rules";

export const metadata: Metadata = { title: "Approver rules" };

export default async function RulesPage() {
  const actor = await requirePerson();
  const rules = await listApproverRules(await createContext(actor));
  return <RuleList rules={rules} canEdit={may(actor, "organisation.write")} />;
}
