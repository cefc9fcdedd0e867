import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Instant } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { diffTexts, type LineRun } from "./diff-texts";

const id = z.string().min(1).max(200);
const inputSchema = z.strictObject({ actionType: id, from: id, to: id });

/** How two recorded versions of one policy differ, file by file. */
export interface VersionDiff {
  from: { id: string; recordedAt: Instant };
  to: { id: string; recordedAt: Instant };
  files: { file: "policy.json" | "policy.md" | "schema.json"; runs: LineRun[]; changed: boolean }[];
}

interface Row {
  id: string;
  recorded_at: Date;
  policy: unknown;
  prose: string;
  payload_schema: unknown;
}

/**
 * Compares two versions of one policy line by line.
 * @throws CountersignError `forbidden`, `not_found` when one of them was never recorded for this action type.
 */
export async function diffVersions(ctx: Context, input: z.input<typeof inputSchema>): Promise<VersionDiff> {
  requirePermission(ctx.actor, "organisation.read");
  const { actionType, from, to } = parseInput(inputSchema, input);
  const rows = await ctx.db.rows<Row>(sql`
    SELECT id, recorded_at, policy, prose, payload_schema FROM policy_version
    WHERE action_type = ${actionType} AND id = ANY (${[from, to]})`);
  const find = (wanted: string): Row => {
    const row = rows.find((each) => each.id === wanted);
    if (!row)
      throw new CountersignError("not_found", `There is no version ${wanted} of the policy ${actionType}.`);
    return row;
  };
  const [before, after] = [find(from), find(to)];
  const compare = (file: VersionDiff["files"][number]["file"], textOf: (row: Row) => string) => {
    const runs = diffTexts(textOf(before), textOf(after));
    return { file, runs, changed: runs.some(({ kind }) => kind !== "same") };
  };
  const spell = (value: unknown) => JSON.stringify(value, null, 2);
  const named = (row: Row) => ({ id: row.id, recordedAt: row.recorded_at.toISOString() });
  return {
    from: named(before),
    to: named(after),
    files: [
      compare("policy.json", ({ policy }) => spell(policy)),
      compare("policy.md", ({ prose }) => prose),
      compare("schema.json", ({ payload_schema }) => spell(payload_schema)),
    ],
  };
}
