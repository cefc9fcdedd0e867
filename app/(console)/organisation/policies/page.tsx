import type { Metadata } from "next";
import { PolicyList } from "@/components/organisation/policies/policy-list";
import { createContext } from "@/lib/adapters/context";
import { requirePerson } from "@/lib/auth/require-person";
import { listPolicies } from "@/lib/policy-files/list-policies";

export const metadata: Metadata = { title: "Policies" };

export default async function PoliciesPage() {
  const actor = await requirePerson();
  return <PolicyList list={await listPolicies(await createContext(actor))} />;
}
