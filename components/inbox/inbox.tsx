"use client";

import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toasts";
import type { ActionResult } from "@/lib/adapters/action";
import type { InboxPage, Queue } from "@/lib/drafts/types";
import { EmptyQueue } from "./empty-queue";
import { InboxTable } from "./inbox-table";
import { type Timed, useQueueStore } from "./queue-store";
import { useQuietRefresh } from "./use-quiet-refresh";

const REFRESH_MS = 5_000;

export type LoadPage = (input: { queue: Queue; cursor?: string }) => Promise<ActionResult<Timed<InboxPage>>>;

/** One queue, kept up to date while nobody is working in it. */
export function Inbox({ page, loadPage }: { page: Timed<InboxPage>; loadPage: LoadPage }) {
  const router = useRouter();
  const store = useQueueStore();
  const showToast = useToast();
  const [loading, setLoading] = useState(false);
  const { receiveFirst } = store;
  useEffect(() => receiveFirst(page), [page, receiveFirst]);
  useQuietRefresh(() => router.refresh(), REFRESH_MS);

  // Until the effect has run (and on the server) the page speaks for itself.
  const state = store.queue(page.queue) ?? page;
  const serverNow = page.readAt;
  const items = useMemo(() => state.items, [state.items]);

  const loadMore = async () => {
    if (!state.nextCursor) return;
    setLoading(true);
    const result = await loadPage({ queue: page.queue, cursor: state.nextCursor }).catch(() => null);
    setLoading(false);
    if (result?.ok) store.receiveMore(result.data);
    else showToast({ tone: "bad", title: "The next drafts could not be loaded", body: result?.message });
  };

  if (items.length === 0 && !state.nextCursor) return <EmptyQueue queue={page.queue} counts={page.counts} />;
  return (
    <div className="pb-6">
      <InboxTable items={items} queue={page.queue} serverNow={serverNow} />
      {state.nextCursor && (
        <div className="flex justify-center py-4">
          <Button onClick={loadMore} disabled={loading}>
            {loading ? "Loading…" : "Load more"}
          </Button>
        </div>
      )}
    </div>
  );
}
