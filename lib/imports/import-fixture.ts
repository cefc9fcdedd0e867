import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context, SystemActor } from "@/lib/context";
import type { Database } from "@/lib/db/database";
import type { FieldError } from "@/lib/errors";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import { importDecisions } from "./import-decisions";
import { type Mapping, parseMapping } from "./mapping";
import type { ImportReport } from "./report";

/** A past refund, as a line of a file says it. */
export const refundLine = (serial: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  external_id: `T-${serial}`,
  action_type: "refund",
  subject: { type: "customer", id: `cus_${serial}` },
  summary: `Refund for order ${serial}`,
  payload: { amount: 20 + serial, currency: "USD", reason: "Arrived broken" },
  outcome: "approved",
  decided_at: "2026-05-01T10:00:00Z",
  ...more,
});

/** Imports lines as a file of theirs, for tests; `bad` is what `onBad` was told. */
export async function importLines(
  world: { db: Database; policies: LoadedPolicies; now?: () => Date },
  content: Record<string, unknown>[] | string | Buffer,
  options: {
    dryRun?: boolean;
    format?: "jsonl" | "csv";
    mapping?: unknown;
    agentName?: string;
    ownerEmail?: string;
  } = {},
): Promise<{ report: ImportReport; bad: { line: number; problems: FieldError[]; text: string }[] }> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-import-"));
  const file = join(folder, "past");
  const bad: { line: number; problems: FieldError[]; text: string }[] = [];
  writeFileSync(
    file,
    Array.isArray(content) ? content.map((line) => JSON.stringify(line)).join("\n") : content,
  );
  const { db, policies, now = () => new Date() } = world;
  const ctx: Context<SystemActor> = { actor: { kind: "system", name: "cli" }, db, policies, now };
  try {
    const mapping: Mapping | null = options.mapping === undefined ? null : parseMapping(options.mapping);
    const report = await importDecisions(ctx, {
      file,
      format: options.format ?? "jsonl",
      mapping,
      agentName: options.agentName ?? "Imported decisions",
      ownerEmail: options.ownerEmail ?? null,
      dryRun: options.dryRun ?? false,
      onBad: (line) => bad.push(line),
    });
    return { report, bad };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
