import type { Metadata } from "next";
import { NeedsManager } from "@/components/insights/needs-manager";
import { QuarterPage } from "@/components/insights/quarter/quarter-page";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getQuarterReview } from "@/lib/insights/quarter/get-quarter-review";
import { QUARTER, quarterOf } from "@/lib/insights/quarter/quarter";
import { sign } from "./actions";

export const metadata: Metadata = { title: "Quarterly review" };

export default async function Quarter({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  if (!may(actor, "insights.read")) return <NeedsManager />;
  const ctx = await createContext(actor);
  const running = quarterOf(ctx.now());
  const { q = running } = readSearchParams(await searchParams);
  const quarter = QUARTER.test(q) && q <= running ? q : running;
  const review = await getQuarterReview(ctx, { quarter });
  return <QuarterPage key={quarter} review={review} sign={may(actor, "promotion.write") ? sign : null} />;
}
