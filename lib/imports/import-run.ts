import type { Context, SystemActor } from "@/lib/context";
import { getDirectory } from "@/lib/directory/load-directory";
import { recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import type { CheckedRecord } from "./check-record";
import { Deciders } from "./find-deciders";
import { findKnown } from "./find-known";
import { ensureImportAgent, findImportAgent, type ImportAgent } from "./import-agent";
import type { ImportOptions } from "./import-decisions";
import { type ImportRow, prepareRow } from "./prepare-row";
import { type ImportReport, noteBad, noteImported } from "./report";
import { writeRows } from "./write-rows";

/** A past decision that may come in, and where it stands in the file. */
export interface Pending extends CheckedRecord {
  line: number;
  text: string;
}

/** A dry run remembers so many keys of the file itself; a real one finds them in the database. */
const MOST_REMEMBERED = 2_000_000;
const CAME_BEFORE = "has come in before with something else; what is in the trail does not change";

/** One import under way: the next batch is made ready while the one before is being written. */
export class ImportRun {
  private writing: Promise<void> = Promise.resolve();
  /** What this file has said so far, by key; in a real run, only what may not be in the database yet. */
  private readonly seen = new Map<string, string>();
  private readonly deciders: Deciders;

  private constructor(
    private readonly ctx: Context<SystemActor>,
    private readonly options: ImportOptions,
    private readonly report: ImportReport,
    private readonly agent: ImportAgent | null,
  ) {
    this.deciders = new Deciders(ctx.db);
  }

  static async begin(
    ctx: Context<SystemActor>,
    options: ImportOptions,
    report: ImportReport,
  ): Promise<ImportRun> {
    const { agentName: name, ownerEmail, dryRun } = options;
    if (dryRun) return new ImportRun(ctx, options, report, await findImportAgent(ctx.db, name));
    await recordPolicyVersions(ctx.db, ctx.policies);
    return new ImportRun(ctx, options, report, await ensureImportAgent(ctx, { name, ownerEmail }));
  }

  /** Takes a batch, and throws what went wrong with the one before. */
  async take(batch: Pending[]): Promise<void> {
    const fresh = await this.withoutKnown(batch);
    await this.deciders.prepare(fresh.map(({ record }) => record.decided_by));
    if (this.options.dryRun) {
      for (const each of fresh) this.noteImported(each);
    } else if (fresh.length > 0) {
      await this.write(fresh);
    }
  }

  async end(): Promise<void> {
    await this.writing;
  }

  /** Those that neither the database has nor this file had before. */
  private async withoutKnown(batch: Pending[]): Promise<Pending[]> {
    // Before the question: what is being written now may be there, and forgotten here, by the time of the answer.
    const known = new Map<string, string>();
    for (const { key } of batch) {
      const hash = this.seen.get(key);
      if (hash !== undefined) known.set(key, hash);
    }
    if (this.agent) {
      for (const [key, hash] of await findKnown(this.ctx.db, this.agent.agentId, batch)) known.set(key, hash);
    }
    return batch.filter((each) => {
      const before = known.get(each.key);
      if (before === each.contentHash) this.report.duplicates += 1;
      else if (before !== undefined) this.refuse(each, "/external_id", CAME_BEFORE);
      if (before !== undefined) return false;
      known.set(each.key, each.contentHash);
      if (this.seen.size < MOST_REMEMBERED) this.seen.set(each.key, each.contentHash);
      return true;
    });
  }

  private async write(fresh: Pending[]): Promise<void> {
    const { ctx } = this;
    const now = ctx.now();
    const directory = await getDirectory(ctx.db);
    const rows = fresh.map((each) => {
      const personId = this.deciders.idOf(each.record.decided_by);
      return prepareRow(each, { actor: ctx.actor, directory, personId, now });
    });
    await this.writing;
    this.writing = this.send(fresh, rows, now);
    // Thrown where it is waited for.
    this.writing.catch(() => {});
  }

  private async send(fresh: Pending[], rows: ImportRow[], now: Date): Promise<void> {
    const from = { ...this.agent!, now };
    let written: Set<string>;
    try {
      written = await writeRows(this.ctx.db, rows, from);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // One of them: the others come in all the same.
      if (fresh.length > 1) {
        for (const [index, each] of fresh.entries()) await this.send([each], [rows[index]!], now);
      } else {
        this.refuse(fresh[0]!, "", `the database does not take it: ${(error as Error).message}`);
      }
      return;
    }
    // Another import was quicker with the others: with the same, or with another story.
    const others = fresh.filter(({ key }) => !written.has(key));
    const known = await findKnown(this.ctx.db, this.agent!.agentId, others);
    for (const each of fresh) {
      if (written.has(each.key)) this.noteImported(each);
      else if (known.get(each.key) === each.contentHash) this.report.duplicates += 1;
      else this.refuse(each, "/external_id", CAME_BEFORE);
      this.seen.delete(each.key);
    }
  }

  private refuse({ line, text }: Pending, path: string, message: string): void {
    const problems = [{ path, message }];
    noteBad(this.report, line, { problems });
    this.options.onBad?.({ line, problems, text });
  }

  private noteImported({ record, line, schemaErrors }: Pending): void {
    const isUnknown = record.decided_by !== undefined && this.deciders.idOf(record.decided_by) === null;
    const unknownPerson = isUnknown ? record.decided_by! : null;
    noteImported(this.report, { record, line, schemaErrors, unknownPerson });
  }
}

/** A value out of range, or a row that breaks a rule of its table: it would be refused again. */
const isRefusal = (error: unknown): boolean =>
  /^2[23]/.test(String((error as { code?: unknown } | null)?.code ?? ""));
