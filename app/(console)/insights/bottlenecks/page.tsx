import type { Metadata } from "next";
import { BottlenecksPage } from "@/components/insights/bottlenecks/bottlenecks-page";
import { NeedsManager } from "@/components/insights/needs-manager";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { readDays } from "@/lib/insights/attention/days";
import { getBottlenecks } from "@/lib/insights/bottlenecks/get-bottlenecks";

export const metadata: Metadata = { title: "Bottlenecks" };

export default async function Bottlenecks({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  if (!may(actor, "insights.read")) return <NeedsManager />;
  const days = readDays(readSearchParams(await searchParams).days);
  const found = await getBottlenecks(await createContext(actor), { period: `${days}d` });
  return <BottlenecksPage found={found} days={days} />;
}
