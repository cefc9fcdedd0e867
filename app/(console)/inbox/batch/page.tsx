import type { Metadata } from "next";
import { BatchWorkspace } from "@/components/batch/batch-workspace";
import { NoRole } from "@/components/shell/no-role";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { getBatch } from "@/lib/drafts/batch/get-batch";

export const metadata: Metadata = { title: "Batch" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Ten drafts of one action type and rule side by side: `type` and `rule` name the group, or `of` a draft of it. */
export default async function BatchPage({ searchParams }: Props) {
  const actor = await requirePerson();
  if (!may(actor, "inbox.read")) return <NoRole />;
  const { type, rule, of } = await searchParams;
  const readAt = Date.now();
  const batch = await getBatch(await createContext(actor), {
    actionType: one(type),
    rule: one(rule),
    draftId: one(of),
  });
  return <BatchWorkspace initial={{ ...batch, readAt }} mayDecide={may(actor, "draft.decide")} />;
}

/** What an address has twice, too long or empty counts as not there. */
const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" && value.length > 0 && value.length <= 100 ? value : undefined;
