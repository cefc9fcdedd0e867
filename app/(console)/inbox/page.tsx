import type { Metadata } from "next";
import { HoldLine } from "@/components/inbox/hold-line";
import { Inbox } from "@/components/inbox/inbox";
import { readQueue } from "@/components/inbox/read-queue";
import { NoRole } from "@/components/shell/no-role";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { listInbox } from "@/lib/drafts/list-inbox";
import type { Queue } from "@/lib/drafts/types";
import { listOpenHolds } from "@/lib/holds/list-open-holds";
import { loadPage } from "./actions";

export const metadata: Metadata = { title: "Inbox" };

const HEADINGS: Record<Queue, string> = {
  batch: "Batch queue",
  named: "Named approver queue",
  after: "Ran by themselves, to be looked at",
};

export default async function InboxPage({ searchParams }: { searchParams: Promise<{ queue?: string }> }) {
  const actor = await requirePerson();
  if (!may(actor, "inbox.read")) return <NoRole />;
  const queue = readQueue((await searchParams).queue);
  const readAt = Date.now();
  const ctx = await createContext(actor);
  const [page, holds] = await Promise.all([listInbox(ctx, { queue }), listOpenHolds(ctx)]);
  return (
    <>
      <h1 className="sr-only">{HEADINGS[queue]}</h1>
      {!may(actor, "draft.decide") && (
        <p className="border-b bg-sunken px-4 py-2 text-muted text-sm">
          You can look at everything here. Deciding needs the approver role, which an admin can give you.
        </p>
      )}
      <HoldLine holds={holds} />
      <Inbox page={{ ...page, readAt }} loadPage={loadPage} />
    </>
  );
}
