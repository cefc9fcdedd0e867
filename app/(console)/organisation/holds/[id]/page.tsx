import type { Metadata } from "next";
import { HoldPage } from "@/components/organisation/holds/hold-page";
import { createContext } from "@/lib/adapters/context";
import { orNotFound } from "@/lib/adapters/or-not-found";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { countRanUnderRule, listRanUnderRule } from "@/lib/checks/samples/list-ran-under-rule";
import type { Context } from "@/lib/context";
import { getHold, type HoldDetail } from "@/lib/holds/get-hold";
import { putBefore, release } from "../actions";

export const metadata: Metadata = { title: "Hold" };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One hold: why it is there, and what else its rule had let run. */
export default async function OneHoldPage({ params, searchParams }: Props) {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const { id } = await params;
  const { cursor } = readSearchParams(await searchParams);
  const hold = await orNotFound(getHold(ctx, { id }));
  const ran = await readRan(ctx, hold, cursor);
  return (
    <HoldPage
      key={cursor ?? ""}
      hold={hold}
      ran={ran}
      isFirstPage={cursor === undefined}
      actions={may(actor, "hold.write") ? { putBefore, release } : null}
    />
  );
}

/** What the held rule let run while it is in doubt; null for a hold that is not on one rule. */
async function readRan(ctx: Context, { actionType, rule, inDoubt }: HoldDetail, cursor: string | undefined) {
  if (actionType === null || rule === null || inDoubt === null) return null;
  const { since } = inDoubt;
  const [page, figures] = await Promise.all([
    listRanUnderRule(ctx, {
      actionType,
      rule,
      since: since.toISOString(),
      ...(cursor === undefined ? {} : { cursor }),
    }),
    countRanUnderRule(ctx, { actionType, rule, since }),
  ]);
  return { ...page, figures, since: since.toISOString(), upheldId: inDoubt.upheldId };
}
