import type { Metadata } from "next";
import { HoldLine } from "@/components/inbox/hold-line";
import { NoRole } from "@/components/shell/no-role";
import { viewOf } from "@/components/workspace/view";
import { Workspace } from "@/components/workspace/workspace";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import type { Queue } from "@/lib/drafts/types";
import { listOpenHolds } from "@/lib/holds/list-open-holds";
import { readInitial, readTools, searchParamsOf } from "./read-initial";

export const metadata: Metadata = { title: "Inbox" };

const HEADINGS: Record<Queue, string> = {
  batch: "Batch queue",
  named: "Named approver queue",
  after: "Ran by themselves, to be looked at",
};

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function InboxPage({ searchParams }: Props) {
  const actor = await requirePerson();
  if (!may(actor, "inbox.read")) return <NoRole />;
  const query = searchParamsOf(await searchParams);
  const view = viewOf("/inbox", query)!;
  const ctx = await createContext(actor);
  const [initial, holds, tools] = await Promise.all([
    readInitial(ctx, view),
    listOpenHolds(ctx),
    readTools(ctx, query),
  ]);
  const mayDecide = may(actor, "draft.decide");
  return (
    <>
      <h1 className="sr-only">{HEADINGS[view.queue]}</h1>
      {!mayDecide && (
        <p className="border-b bg-sunken px-4 py-2 text-muted text-sm">
          You can look at everything here. Deciding needs the approver role, which an admin can give you.
        </p>
      )}
      <HoldLine holds={holds} />
      <Workspace initial={initial} mayDecide={mayDecide} tools={tools} />
    </>
  );
}
