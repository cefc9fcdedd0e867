/** What came of one line. */
export type Outcome = { number: number; actionType: string } & (
  | { kind: "accepted"; status: string; tier: string; route: string }
  | { kind: "refused"; code: string; detail: string }
  | { kind: "unreadable"; detail: string }
  | { kind: "lost"; detail: string }
);

const MOST_LINES_SHOWN = 20;

/** The closing report: a table per action type, status, tier and route, then what was refused or lost, by line. */
export function summarise(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    if (outcome.kind !== "accepted") continue;
    const row = [outcome.actionType, outcome.status, outcome.tier, outcome.route].join("\t");
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  const rows = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([row, count]) => [...row.split("\t"), `${count}`]);
  const parts =
    rows.length > 0 ? [table([["action type", "status", "tier", "route", "count"], ...rows])] : [];

  const number = (kind: Outcome["kind"]) => outcomes.filter((outcome) => outcome.kind === kind).length;
  for (const kind of ["refused", "unreadable", "lost"] as const) {
    const lines = outcomes.filter((outcome) => outcome.kind === kind).sort((a, b) => a.number - b.number);
    if (lines.length === 0) continue;
    const shown = lines.slice(0, MOST_LINES_SHOWN).map((line) => `  line ${line.number}: ${reasonOf(line)}`);
    if (lines.length > MOST_LINES_SHOWN) shown.push(`  … and ${lines.length - MOST_LINES_SHOWN} more`);
    parts.push([`${kind}:`, ...shown].join("\n"));
  }
  parts.push(
    `${outcomes.length} lines: ${number("accepted")} accepted, ${number("refused")} refused, ` +
      `${number("unreadable")} unreadable, ${number("lost")} lost`,
  );
  return parts.join("\n\n");
}

function reasonOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "refused":
      return `${outcome.code} (${outcome.actionType}): ${outcome.detail}`;
    case "accepted":
      return outcome.status;
    default:
      return outcome.detail;
  }
}

/** Rows of text with aligned columns; the last one is a number. */
function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row.map((cell, column) =>
      column === row.length - 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
    );
  return rows.map((row) => line(row).join("  ")).join("\n");
}
