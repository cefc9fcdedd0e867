import type { DBOSConfig } from "@dbos-inc/dbos-sdk";

const REPEAT_AFTER_MS = 30_000;

/**
 * Lets through what the durable-execution library warns of, each kind of message once per half minute: it polls several
 * times a second, and would say so each time while the database is away.
 */
export function workflowLogger(): NonNullable<DBOSConfig["logger"]> {
  const lastAt = new Map<string, number>();
  const say = (entry: unknown) => {
    const text = entry instanceof Error ? entry.message : String(entry);
    const kind = text.replace(/\d+(\.\d+)?|[0-9a-f-]{36}/g, "#").slice(0, 200);
    const now = Date.now();
    if (now - (lastAt.get(kind) ?? 0) < REPEAT_AFTER_MS) return;
    if (lastAt.size > 1_000) lastAt.clear();
    lastAt.set(kind, now);
    console.error(`worker: ${text}`);
  };
  return { info() {}, debug() {}, warn: say, error: say };
}
