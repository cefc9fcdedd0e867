import type { Metadata } from "next";
import { NoRole } from "@/components/shell/no-role";
import { viewOf } from "@/components/workspace/view";
import { Workspace } from "@/components/workspace/workspace";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { readInitial, readTools, searchParamsOf } from "../read-initial";

export const metadata: Metadata = { title: "Review" };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const actor = await requirePerson();
  if (!may(actor, "inbox.read")) return <NoRole />;
  const [{ id }, searched] = await Promise.all([params, searchParams]);
  const query = searchParamsOf(searched);
  const view = { ...viewOf("/inbox", query)!, id: decodeURIComponent(id) };
  const ctx = await createContext(actor);
  const [initial, tools] = await Promise.all([readInitial(ctx, view), readTools(ctx, query)]);
  return <Workspace initial={initial} mayDecide={may(actor, "draft.decide")} tools={tools} />;
}
