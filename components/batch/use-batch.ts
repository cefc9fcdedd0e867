"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { call } from "@/components/shell/call";
import type { Timed } from "@/components/workspace/timed";
import { useInboxState, useWorkspace } from "@/components/workspace/workspace-provider";
import type { Batch, BatchGroup } from "@/lib/drafts/batch/types";
import type { InboxPage } from "@/lib/drafts/types";

type Asked = Pick<BatchGroup, "actionType" | "rule"> | null;

/** The batch on the screen, the next one, and what became of its drafts meanwhile. */
export function useBatch(initial: Timed<Batch>) {
  const { store } = useWorkspace();
  const { gone: happened } = useInboxState();
  const [batch, setBatch] = useState(initial);
  const [isLoading, setLoading] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const asked = useRef<Asked>(initial.group);

  /** Reads the next ten, of the same group or of another. */
  const load = useCallback(async (group: Asked = asked.current) => {
    asked.current = group;
    setLoading(true);
    const params = new URLSearchParams(group ? { type: group.actionType, rule: group.rule } : {});
    const answer = await call<Timed<Batch>>(`/console/batch?${params}`);
    setLoading(false);
    setFailure(answer.ok ? null : answer.message);
    if (!answer.ok) return null;
    asked.current = answer.data.group ?? group;
    setBatch(answer.data);
    return answer.data;
  }, []);

  // What leaves the queue is told of for lists that have been read.
  useEffect(() => {
    if (store.state.queues.batch) return;
    void call<Timed<InboxPage>>("/console/inbox?queue=batch&limit=200").then((answer) => {
      if (answer.ok) store.receiveFirst(answer.data);
    });
  }, [store]);

  // Kept, because the list forgets what is gone as soon as the hand rests, and a batch does not move by itself.
  const [kept, setKept] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    if (happened.size > 0) setKept((before) => new Map([...before, ...happened]));
  }, [happened]);
  const gone = useMemo(
    () => new Map(batch.items.flatMap(({ id }) => (kept.has(id) ? [[id, sentence(kept.get(id)!)]] : []))),
    [batch, kept],
  );

  return { batch, isLoading, failure, load, gone };
}

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
