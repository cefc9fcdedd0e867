"use client";

import { useEffect, useRef, useState } from "react";
import type { ActionFailure, ActionResult } from "@/lib/adapters/action";
import type { EditPreview } from "@/lib/drafts/preview-edit";

export type AskPreview = (payload: Record<string, unknown>) => Promise<ActionResult<EditPreview>>;

export interface PreviewState {
  /** Of the payload last answered for; it stays on the screen while the next is asked. */
  preview: EditPreview | null;
  failure: ActionFailure | null;
  isAsking: boolean;
}

const AFTER_MS = 300;
const NOTHING: PreviewState = { preview: null, failure: null, isAsking: false };

/**
 * What approving `payload` would lead to, asked of the server once somebody stops typing; the latest wins. `null` asks
 * nothing.
 */
export function useEditPreview(
  ask: AskPreview | undefined,
  payload: Record<string, unknown> | null,
): PreviewState {
  const [state, setState] = useState<PreviewState>(NOTHING);
  const latestAsk = useRef(ask);
  useEffect(() => {
    latestAsk.current = ask;
  });
  const question = payload === null || !ask ? null : JSON.stringify(payload);
  useEffect(() => {
    if (question === null) {
      setState(NOTHING);
      return;
    }
    let isLatest = true;
    setState((before) => ({ ...before, isAsking: true }));
    const timer = setTimeout(async () => {
      const result = await latestAsk.current?.(JSON.parse(question)).catch((): ActionFailure => UNREACHABLE);
      if (!isLatest || !result) return;
      setState(
        result.ok
          ? { preview: result.data, failure: null, isAsking: false }
          : { preview: null, failure: result, isAsking: false },
      );
    }, AFTER_MS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [question]);
  return state;
}

const UNREACHABLE: ActionFailure = {
  ok: false,
  code: "unavailable",
  message: "The server could not be asked what this edit would lead to. What you typed is kept.",
};
