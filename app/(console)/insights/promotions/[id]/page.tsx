import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PromotionPage } from "@/components/insights/promotion/promotion-page";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { CountersignError } from "@/lib/errors";
import { findForge } from "@/lib/insights/promotion/find-forge";
import { getPromotion } from "@/lib/insights/promotion/get-promotion";
import { decide, retry } from "../actions";

export const metadata: Metadata = { title: "Promotion" };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function PromotionOfIdPage({ params }: Props) {
  const actor = await requirePerson();
  const { id } = await params;
  const promotion = await getPromotion(await createContext(actor), decodeURIComponent(id)).catch(
    (error: unknown) => {
      if (error instanceof CountersignError && error.code === "not_found") notFound();
      throw error;
    },
  );
  return (
    <PromotionPage
      promotion={promotion}
      viewer={{ personId: actor.personId, mayDecide: may(actor, "promotion.write") }}
      hasForge={findForge() !== null}
      actions={{ decide, retry }}
    />
  );
}
