import type { Metadata } from "next";
import { AttentionPage } from "@/components/insights/attention/attention-page";
import { NeedsManager } from "@/components/insights/needs-manager";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getCheckSettings } from "@/lib/checks/get-check-settings";
import { readDays } from "@/lib/insights/attention/days";
import { getAttention } from "@/lib/insights/attention/get-attention";
import { changeChecks } from "./actions";

export const metadata: Metadata = { title: "Attention" };

export default async function Attention({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  if (!may(actor, "insights.read")) return <NeedsManager />;
  const ctx = await createContext(actor);
  const days = readDays(readSearchParams(await searchParams).days);
  const [people, settings] = await Promise.all([getAttention(ctx, { days }), getCheckSettings(ctx)]);
  return (
    <AttentionPage
      days={days}
      people={people}
      settings={settings}
      change={may(actor, "checks.write") ? changeChecks : null}
    />
  );
}
