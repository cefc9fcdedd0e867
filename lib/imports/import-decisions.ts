import type { Context, SystemActor } from "@/lib/context";
import { CountersignError, type FieldError } from "@/lib/errors";
import { checkRecord } from "./check-record";
import { ImportRun, type Pending } from "./import-run";
import type { Mapping } from "./mapping";
import { readDecisions } from "./read-decisions";
import { type ImportReport, newReport, noteBad } from "./report";

/** Decisions of one transaction: enough that round trips do not count, few enough that nobody waits for it. */
const BATCH_LINES = 200;
const BATCH_BYTES = 4 * 1024 * 1024;

export interface ImportOptions {
  file: string;
  format: "jsonl" | "csv";
  mapping: Mapping | null;
  agentName: string;
  ownerEmail: string | null;
  /** Nothing is written; the report says what would be. */
  dryRun: boolean;
  /** Told now and then of how many bytes of the file have been read. */
  onProgress?: (bytesRead: number, report: ImportReport) => void;
  /** Told of every line that cannot come in. */
  onBad?: (line: { line: number; problems: FieldError[]; text: string }) => void;
}

/**
 * Brings past decisions into trail and library, a batch in each transaction: one that was killed is taken up by running
 * it again, since what is there already is left out. Several may run at once.
 * @throws CountersignError `forbidden`, `not_found` or `conflict` (the agent's owner); UnreadableFile.
 */
export async function importDecisions(
  ctx: Context<SystemActor>,
  options: ImportOptions,
): Promise<ImportReport> {
  if (ctx.actor.kind !== "system") {
    throw new CountersignError("forbidden", "Past decisions are imported at the command line.");
  }
  const report = newReport(options.dryRun);
  const run = await ImportRun.begin(ctx, options, report);
  let batch: Pending[] = [];
  let bytes = 0;
  let bytesRead = 0;
  const flush = async () => {
    await run.take(batch);
    batch = [];
    bytes = 0;
    options.onProgress?.(bytesRead, report);
  };
  for await (const source of readDecisions(options)) {
    report.lines += 1;
    bytesRead = source.bytesRead;
    const { line, text } = source;
    const checked = "problems" in source ? source : checkRecord(ctx.policies, source.value, ctx.now());
    if ("problems" in checked) {
      noteBad(report, line, checked);
      options.onBad?.({ line, problems: checked.problems, text });
      if (report.bad % BATCH_LINES === 0) options.onProgress?.(bytesRead, report);
      continue;
    }
    batch.push({ ...checked, line, text });
    bytes += checked.forms.payload.length + checked.forms.evidence.length;
    if (batch.length === BATCH_LINES || bytes > BATCH_BYTES) await flush();
  }
  await flush();
  await run.end();
  options.onProgress?.(bytesRead, report);
  return report;
}
