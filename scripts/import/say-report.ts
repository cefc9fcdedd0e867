import { OUTCOMES } from "@/lib/drafts/types";
import type { FieldError } from "@/lib/errors";
import type { ImportReport } from "@/lib/imports/report";

const MOST_NAMES = 10;

/** The closing report of an import: what came in, what did not and why, and what to know about it. */
export function sayReport(report: ImportReport, rejectedFile: string): string {
  const parts = [
    tableOf(report),
    badLines(report, rejectedFile),
    unknownTypes(report),
    refusedPayloads(report),
    unknownPeople(report),
    withoutExternalId(report),
    lastLine(report),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function tableOf({ imported }: ImportReport): string {
  if (imported.size === 0) return "";
  const rows = [...imported]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, counts]) => {
      const each = OUTCOMES.map((outcome) => counts.get(outcome) ?? 0);
      return [type, ...each.map(String), String(each.reduce((sum, count) => sum + count, 0))];
    });
  return align([["action type", ...OUTCOMES.map((outcome) => outcome.replace("_", " ")), "in all"], ...rows]);
}

function badLines({ badLines: lines, bad }: ImportReport, rejectedFile: string): string {
  if (bad === 0) return "";
  const shown = lines.map(({ line, problems }) => `  line ${line}: ${sayProblems(problems)}`);
  const more = bad > lines.length ? [`  … and ${bad - lines.length} more`] : [];
  return [`bad lines, all of them in ${rejectedFile}:`, ...shown, ...more].join("\n");
}

/** Two of them, and how many more there are. */
function sayProblems(problems: FieldError[]): string {
  const said = problems.slice(0, 2).map(({ path, message }) => (path ? `${path} ${message}` : message));
  return said.join("; ") + (problems.length > 2 ? `; and ${problems.length - 2} more` : "");
}

function unknownTypes({ unknownTypes: types }: ImportReport): string {
  if (types.size === 0) return "";
  return `action types that no policy covers: ${counted(types)}\n  Give each a folder in the policies (docs/policies.md), and import again.`;
}

function refusedPayloads({ refusedPayloads: refused, dryRun }: ImportReport): string {
  if (refused.size === 0) return "";
  const lines = [...refused].map(
    ([type, { count, line, errors }]) =>
      `  ${type}: ${count} ${count === 1 ? "payload" : "payloads"}, the first on line ${line}: ${sayProblems(errors)}`,
  );
  const verb = dryRun ? "would be" : "are";
  return [
    `payloads that the schema of today refuses: they ${verb} in the trail, and kept out of prompts and precedents`,
    ...lines,
  ].join("\n");
}

function unknownPeople({ unknownPeople: people }: ImportReport): string {
  if (people.size === 0) return "";
  return `deciders nobody here is known by: ${counted(people)}\n  They are kept by name. An e-mail address of a person here ties a decision to them.`;
}

function withoutExternalId({ withoutExternalId: count }: ImportReport): string {
  if (count === 0) return "";
  return `${count} ${count === 1 ? "line has" : "lines have"} no external_id: ${
    count === 1 ? "it is" : "they are"
  } known again only as long as nothing in ${count === 1 ? "it" : "them"} changes.`;
}

function lastLine({ lines, importedInAll, duplicates, bad, dryRun }: ImportReport): string {
  const verb = dryRun ? "would come in" : "imported";
  const said = `${lines} lines: ${importedInAll} ${verb}, ${duplicates} there already, ${bad} bad`;
  return dryRun ? `${said}\nThis was a dry run: nothing was written to the database.` : said;
}

function counted(names: Map<string, number>): string {
  const most = [...names].sort(([, a], [, b]) => b - a);
  const said = most.slice(0, MOST_NAMES).map(([name, count]) => `${printable(name)} (${count})`);
  const more = most.length - said.length;
  return said.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** What a file says goes to a terminal: nothing in it may move the cursor. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, "·").slice(0, 80);

/** Rows of text with aligned columns; all but the first are numbers. */
function align(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)));
  return rows.map((row) => line(row).join("  ")).join("\n");
}
