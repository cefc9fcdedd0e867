import type { Metadata } from "next";
import { MePage } from "@/components/me/me-page";
import { NoRole } from "@/components/shell/no-role";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getOwnAttention } from "@/lib/insights/attention/get-own-attention";
import { getPreferences } from "@/lib/preferences/get-preferences";

export const metadata: Metadata = { title: "Your figures" };

/** What the signed-in person has decided, and when Countersign may speak to them. */
export default async function Me() {
  const actor = await requirePerson();
  if (!may(actor, "inbox.read")) return <NoRole />;
  const ctx = await createContext(actor);
  const [{ quietHours }, attention] = await Promise.all([
    getPreferences(ctx),
    getOwnAttention(ctx, { days: 30 }),
  ]);
  return <MePage quietHours={quietHours} mayDecide={may(actor, "draft.decide")} attention={attention} />;
}
