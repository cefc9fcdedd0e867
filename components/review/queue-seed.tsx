"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { type Timed, useQueueStore } from "@/components/inbox/queue-store";
import { useQuietRefresh } from "@/components/inbox/use-quiet-refresh";
import type { InboxPage } from "@/lib/drafts/types";

const REFRESH_MS = 15_000;

/** Lets a review that was opened by its link know its queue, and keeps an open one up to date. */
export function QueueSeed({ page }: { page: Timed<InboxPage> }) {
  const router = useRouter();
  const { receiveFirst } = useQueueStore();
  useEffect(() => receiveFirst(page), [page, receiveFirst]);
  useQuietRefresh(() => router.refresh(), REFRESH_MS);
  return null;
}
