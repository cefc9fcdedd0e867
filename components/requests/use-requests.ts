"use client";

import { useCallback, useEffect, useState } from "react";
import { call } from "@/components/shell/call";
import type { ActionResult } from "@/lib/adapters/action";
import type { OwnRequest, OwnRequestsPage } from "@/lib/drafting/list-draft-requests";

const LOOK_EVERY_MS = 1_000;
/** A draft that waits for somebody changes more slowly. */
const LOOK_EVERY_MS_AFTERWARDS = 15_000;
const PATH = "/console/draft-requests";

const isOpen = ({ finished_at }: OwnRequest): boolean => finished_at === null;

/** The person's own requests as they are now: looked at each second while one is under way. */
export function useRequests(first: OwnRequestsPage) {
  const [requests, setRequests] = useState(first.requests);
  const [nextCursor, setNextCursor] = useState(first.nextCursor);
  const [lost, setLost] = useState(false);
  const everyMs = requests.some(isOpen) ? LOOK_EVERY_MS : LOOK_EVERY_MS_AFTERWARDS;

  const merge = useCallback((newer: OwnRequest[]) => {
    setRequests((before) => {
      const known = new Map(newer.map((request) => [request.id, request]));
      const added = newer.filter(({ id }) => !before.some((request) => request.id === id));
      return [...added, ...before.map((request) => known.get(request.id) ?? request)].sort((a, b) =>
        b.id.localeCompare(a.id, "en"),
      );
    });
  }, []);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const look = async () => {
      if (document.visibilityState === "visible") {
        const result = await call<OwnRequestsPage>(PATH);
        if (stopped) return;
        setLost(!result.ok);
        if (result.ok) merge(result.data.requests);
      }
      if (!stopped) timer = setTimeout(look, everyMs);
    };
    timer = setTimeout(look, everyMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [everyMs, merge]);

  return {
    requests,
    hasMore: nextCursor !== null,
    /** Whether the server could not be asked the last time. */
    lost,
    async ask(key: string, request: unknown): Promise<ActionResult<OwnRequest>> {
      const result = await call<OwnRequest>(PATH, { key, request });
      if (result.ok) merge([result.data]);
      return result;
    },
    async cancel(id: string): Promise<ActionResult<unknown>> {
      const result = await call<unknown>(`${PATH}/${encodeURIComponent(id)}/cancel`, {});
      const now = await call<OwnRequestsPage>(PATH);
      if (now.ok) merge(now.data.requests);
      return result;
    },
    async loadMore(): Promise<void> {
      const result = await call<OwnRequestsPage>(`${PATH}?cursor=${encodeURIComponent(nextCursor ?? "")}`);
      if (!result.ok) return;
      merge(result.data.requests);
      setNextCursor(result.data.nextCursor);
    },
  };
}
