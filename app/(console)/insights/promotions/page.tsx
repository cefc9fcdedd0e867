import type { Metadata } from "next";
import { PromotionsPage } from "@/components/insights/promotion/promotions-page";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listCandidates } from "@/lib/insights/promotion/list-candidates";
import { listPromotions } from "@/lib/insights/promotion/list-promotions";

export const metadata: Metadata = { title: "Promotions" };

export default async function PromotionListPage() {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const [promotions, candidates] = await Promise.all([listPromotions(ctx), listCandidates(ctx)]);
  return (
    <PromotionsPage
      promotions={promotions}
      candidates={candidates}
      canPropose={may(actor, "promotion.write")}
    />
  );
}
