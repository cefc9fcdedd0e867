import type { FieldError } from "@/lib/errors";
import type { ImportRecord } from "./record";

/** What an import found and did. Lists are cut short; their counts are not. */
export interface ImportReport {
  dryRun: boolean;
  lines: number;
  /** Past decisions that came in, or would, by action type and outcome. */
  imported: Map<string, Map<string, number>>;
  importedInAll: number;
  /** There already, or twice in the file. */
  duplicates: number;
  bad: number;
  /** The first of them. */
  badLines: { line: number; problems: FieldError[] }[];
  unknownTypes: Map<string, number>;
  /** Whose e-mail address or name nobody here is known by. */
  unknownPeople: Map<string, number>;
  /** Payloads that the schema of today refuses, by action type, each with the first of them. */
  refusedPayloads: Map<string, { count: number; line: number; errors: FieldError[] }>;
  withoutExternalId: number;
}

/** So many bad lines are kept; all are counted. */
export const MOST_LISTED = 20;
const MOST_NAMES = 1_000;

/** The report of an import that has read nothing yet. */
export const newReport = (dryRun: boolean): ImportReport => ({
  dryRun,
  lines: 0,
  imported: new Map(),
  importedInAll: 0,
  duplicates: 0,
  bad: 0,
  badLines: [],
  unknownTypes: new Map(),
  unknownPeople: new Map(),
  refusedPayloads: new Map(),
  withoutExternalId: 0,
});

/** Counts one more of a name, as long as they are not too many to be told. */
function countOne(counts: Map<string, number>, name: string): void {
  if (counts.size < MOST_NAMES || counts.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Notes a line that cannot come in. */
export function noteBad(
  report: ImportReport,
  line: number,
  { problems, unknownType }: { problems: FieldError[]; unknownType?: string },
): void {
  report.bad += 1;
  if (report.badLines.length < MOST_LISTED) report.badLines.push({ line, problems });
  if (unknownType !== undefined) countOne(report.unknownTypes, unknownType);
}

/** Notes a past decision that came in, or would. */
export function noteImported(
  report: ImportReport,
  imported: { record: ImportRecord; line: number; schemaErrors: FieldError[]; unknownPerson: string | null },
): void {
  const { record, line, schemaErrors, unknownPerson } = imported;
  report.importedInAll += 1;
  const outcomes = report.imported.get(record.action_type) ?? new Map<string, number>();
  report.imported.set(record.action_type, outcomes);
  countOne(outcomes, record.outcome);
  if (record.external_id === undefined) report.withoutExternalId += 1;
  if (unknownPerson !== null) countOne(report.unknownPeople, unknownPerson);
  if (schemaErrors.length === 0) return;
  const refused = report.refusedPayloads.get(record.action_type);
  if (refused) refused.count += 1;
  else report.refusedPayloads.set(record.action_type, { count: 1, line, errors: schemaErrors });
}
