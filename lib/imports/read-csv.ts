import { parse } from "csv-parse/sync";
import { decoderFor } from "./decode-text";
import type { Mapping } from "./mapping";
import { excerptOf, problem, type SourceLine, withoutMark } from "./source-line";
import { splitRecords } from "./split-records";
import { UnreadableFile } from "./unreadable-file";

/**
 * The records of a CSV file as objects by column name, every cell as text; the first record names the columns. Empty
 * ones are left out, one that cannot be read carries why.
 * @throws UnreadableFile when the header cannot be read, names a column twice or lacks one that the mapping names.
 */
export async function* readCsv(file: string, mapping: Mapping): AsyncGenerator<SourceLine> {
  const format = mapping.csv;
  const decoder = decoderFor(format.encoding);
  let columns: string[] | null = null;
  for await (const { line, bytes: given, bytesRead } of splitRecords(file, format.delimiter)) {
    const bytes = given && line === 1 ? withoutMark(given) : given;
    const read = bytes === null ? NO_END : readCells(bytes, format.delimiter, decoder);
    if (!columns) {
      columns = toColumns(read, Object.keys(mapping.columns));
      continue;
    }
    if ("cells" in read && read.cells.every((cell) => cell.trim() === "")) continue;
    const found = "cells" in read ? toObject(columns, read.cells) : read;
    yield { line, bytesRead, text: bytes === null ? "" : excerptOf(bytes), ...found };
  }
}

const NO_END = problem(
  "a quote that opens here is not closed within 2 MB, nor before the end, so this line was left out",
);

type Cells = { cells: string[] } | ReturnType<typeof problem>;

function readCells(bytes: Buffer, delimiter: string, decoder: ReturnType<typeof decoderFor>): Cells {
  let text: string;
  try {
    // The line feed after it has been cut off already.
    text = decoder.decode(bytes).replace(/\r$/, "");
  } catch {
    return problem(`is not valid ${decoder.encoding}; the mapping's csv.encoding says what the file is in`);
  }
  if (text.includes("\0")) return problem("holds the character NUL");
  try {
    const records = parse(text, { delimiter, relax_column_count: true, record_delimiter: ["\r\n", "\n"] });
    return { cells: (records as string[][])[0] ?? [""] };
  } catch (error) {
    return problem(`is not CSV: ${(error as Error).message}`);
  }
}

function toColumns(read: Cells, wanted: string[]): string[] {
  if (!("cells" in read)) throw new UnreadableFile(`The header ${read.problems[0]?.message}.`);
  const columns = read.cells.map((cell) => cell.trim());
  const twice = columns.find((name, index) => name !== "" && columns.indexOf(name) < index);
  if (twice !== undefined) throw new UnreadableFile(`The header names the column "${twice}" twice.`);
  const missing = wanted.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    const [named, there] = [missing, columns].map((names) => names.slice(0, 30).join(", "));
    throw new UnreadableFile(`The mapping names columns that the file has not: ${named}. It has: ${there}.`);
  }
  return columns;
}

function toObject(columns: string[], cells: string[]): { value: unknown } | ReturnType<typeof problem> {
  if (cells.length !== columns.length) {
    return problem(`has ${cells.length} cells, where the header has ${columns.length} columns`);
  }
  return { value: Object.fromEntries(columns.map((name, index) => [name, cells[index]])) };
}
