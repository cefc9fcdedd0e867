import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Measurement } from "./interleave";

/** One line of the table: what was measured, beside what it is compared with. */
export interface Result {
  name: string;
  /** What the two columns of numbers count. */
  unit: "per second" | "ms" | "µs" | "recall";
  measured: Measurement;
  floorName: string;
  floor: Measurement;
  /** What the ratio of the medians should be; null where nothing is asked for. */
  aim: { atLeast: number } | { atMost: number } | null;
}

export interface BenchReport {
  at: string;
  node: string;
  cpus: string;
  /** Null when nothing that was measured needs one. */
  database: { kind: "postgres" | "embedded"; version: string } | null;
  quick: boolean;
  sizes: object;
  results: Result[];
}

const ratioOf = ({ measured, floor }: Result): number => measured.median / floor.median;

/** Whether the aim is met; null without an aim. */
function isMet(result: Result): boolean | null {
  if (!result.aim) return null;
  const ratio = ratioOf(result);
  return "atLeast" in result.aim ? ratio >= result.aim.atLeast : ratio <= result.aim.atMost;
}

/** The table that a person reads. */
export function formatTable(results: Result[]): string {
  const rows = results.map((result) => {
    const met = isMet(result);
    return [
      result.name,
      format(result.measured.median, result.unit),
      `${format(result.floor.median, result.unit)}  ${result.floorName}`,
      ratioOf(result).toFixed(2),
      result.aim ? ("atLeast" in result.aim ? `≥ ${result.aim.atLeast}` : `≤ ${result.aim.atMost}`) : "",
      met === null ? "" : met ? "met" : "NOT MET",
    ];
  });
  const header = ["", "median", "beside", "ratio", "aim", ""];
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
  return [line(header), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

function format(value: number, unit: Result["unit"]): string {
  if (unit === "recall") return value.toFixed(3);
  if (unit === "µs") return `${value.toFixed(1)} µs`;
  return unit === "ms" ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} /s`;
}

/** Writes the report as JSON, with every sample, and answers the path. */
export function writeReport(folder: string, report: BenchReport): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${report.at.replaceAll(/[:.]/g, "-")}.json`);
  const results = report.results.map((result) => ({ ...result, ratio: ratioOf(result), met: isMet(result) }));
  writeFileSync(file, `${JSON.stringify({ ...report, results }, null, 2)}\n`);
  return file;
}
