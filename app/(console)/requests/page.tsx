import type { Metadata } from "next";
import { NeedsRole } from "@/components/requests/needs-role";
import { Requests } from "@/components/requests/requests";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { findDraftingModel } from "@/lib/drafting/drafting-model";
import { listDraftRequests } from "@/lib/drafting/list-draft-requests";
import { listDraftableTypes } from "@/lib/drafting/list-draftable-types";

export const metadata: Metadata = { title: "Ask for a draft" };

export default async function RequestsPage() {
  const actor = await requirePerson();
  if (!may(actor, "draft.request")) return <NeedsRole />;
  const ctx = await createContext(actor);
  const [page, types] = await Promise.all([listDraftRequests(ctx, {}), listDraftableTypes(ctx)]);
  return (
    <Requests
      page={page}
      types={types}
      model={findDraftingModel()?.name ?? null}
      isDemo={actor.authentication.method === "demo"}
      serverNow={ctx.now().getTime()}
    />
  );
}
