import type { ReactNode } from "react";
import { InsightsNav } from "@/components/insights/insights-nav";
import { NeedsManager } from "@/components/insights/needs-manager";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";

export default async function InsightsLayout({ children }: { children: ReactNode }) {
  const actor = await requirePerson();
  if (!may(actor, "insights.read")) return <NeedsManager />;
  return (
    <div className="md:flex">
      <InsightsNav />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
