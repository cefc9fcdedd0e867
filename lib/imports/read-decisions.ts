import { csvCell, jsonCell, mapLine } from "./map-line";
import type { Mapping } from "./mapping";
import { readCsv } from "./read-csv";
import { readJsonl } from "./read-jsonl";
import { readsAsText } from "./reads-as-text";
import type { SourceLine } from "./source-line";
import { UnreadableFile } from "./unreadable-file";

/**
 * The past decisions of a file, one by one, as the mapping makes them of its lines; none is in memory longer than it is
 * looked at.
 * @throws UnreadableFile when it is no such file, or lacks a column that the mapping names.
 */
export async function* readDecisions({
  file,
  format,
  mapping,
}: {
  file: string;
  format: "jsonl" | "csv";
  mapping: Mapping | null;
}): AsyncGenerator<SourceLine> {
  await readsAsText(file);
  if (format === "csv" && !mapping) {
    throw new UnreadableFile("A CSV file needs --mapping MAP.json: it says what each column is.");
  }
  const lines = format === "csv" ? readCsv(file, mapping!) : readJsonl(file);
  const cell = format === "csv" ? csvCell : jsonCell;
  for await (const line of lines) {
    yield mapping && "value" in line
      ? { line: line.line, bytesRead: line.bytesRead, text: line.text, ...mapLine(mapping, line.value, cell) }
      : line;
  }
}
