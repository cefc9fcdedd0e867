import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseMapping } from "./mapping";
import { readCsv } from "./read-csv";
import { readDecisions } from "./read-decisions";
import { splitRecords } from "./split-records";

const folder = mkdtempSync(join(tmpdir(), "countersign-csv-"));
const file = join(folder, "past.csv");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mapping = (more: Record<string, unknown> = {}, columns: Record<string, unknown> = { a: "/summary" }) =>
  parseMapping({ columns, ...more });

/** What is read of a file: cells by column, or "bad", by the line where each record begins. */
async function read(content: string | Buffer, map = mapping()) {
  writeFileSync(file, content);
  const lines: [number, unknown][] = [];
  for await (const line of readCsv(file, map)) {
    lines.push([line.line, "value" in line ? line.value : `bad: ${line.problems[0]?.message}`]);
  }
  return lines;
}

describe("a CSV file", () => {
  it("is read with a byte order mark, either line end, quotes, line breaks in quotes and empty lines", async () => {
    const content = '\ufeffa,b\r\n1,"x, ""y"""\r\n\r\n2,"one\ntwo"\n3,z';
    expect(await read(content)).toEqual([
      [2, { a: "1", b: 'x, "y"' }],
      [4, { a: "2", b: "one\ntwo" }],
      [6, { a: "3", b: "z" }],
    ]);
  });

  it("with a quote that is never closed loses that line alone", async () => {
    const lines = await read('a,b\n1,"open\n2,x\n3,y\n');
    expect(
      lines.map(([line, value]) => [line, typeof value === "string" ? value.slice(0, 20) : value]),
    ).toEqual([
      [2, "bad: a quote that op"],
      [3, { a: "2", b: "x" }],
      [4, { a: "3", b: "y" }],
    ]);
  });

  it("lists what is not CSV, and what has other cells than the header has columns", async () => {
    const lines = await read('a,b\n1,x"y\n"2"z,x\n3\n4,5,6\n7,8\n');
    expect(lines.map(([line, value]) => [line, typeof value])).toEqual([
      [2, "string"],
      [3, "string"],
      [4, "string"],
      [5, "string"],
      [6, "object"],
    ]);
    expect(lines[2]![1]).toContain("has 1 cells, where the header has 2 columns");
  });

  it("is read in the encoding that the mapping names, and lists what is not in it", async () => {
    const latin = Buffer.from("a,b\nMüller,€\n", "latin1");
    expect(await read(latin)).toMatchObject([[2, expect.stringContaining("not valid utf-8")]]);
    const windows = Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0x4d, 0xfc, 0x2c, 0x80, 0x0a]);
    expect(await read(windows, mapping({ csv: { encoding: "windows-1252" } }))).toEqual([
      [2, { a: "Mü", b: "€" }],
    ]);
  });

  it("without end in one line is never held in memory, and what follows is read", async () => {
    const content = Buffer.concat([
      Buffer.from("a,b\n"),
      Buffer.alloc(5 * 1024 * 1024, "x"),
      Buffer.from("\n1,2\n"),
    ]);
    const lines = await read(content);
    expect(lines.at(-1)?.[1]).toEqual({ a: "1", b: "2" });
    expect(lines).toHaveLength(2);
    for await (const record of splitRecords(file, ",")) {
      expect(record.bytes?.length ?? 0).toBeLessThan(2 * 1024 * 1024 + 1);
    }
  });

  it("whose header lacks a column of the mapping, or has one twice, is refused before anything is read", async () => {
    await expect(read("x,y\n1,2\n")).rejects.toThrow(/not: a\. It has: x, y/);
    await expect(read("a,a\n1,2\n")).rejects.toThrow(/"a" twice/);
  });

  it("cut into chunks anywhere gives the same records", async () => {
    const rows = Array.from(
      { length: 4_000 },
      (_, index) => `${index},"line ${index}\nwith ""quotes"", and commas"`,
    );
    const lines = await read(`a,b\n${rows.join("\r\n")}\r\n`);
    expect(lines).toHaveLength(4_000);
    expect(lines[3_999]).toEqual([8_000, { a: "3999", b: 'line 3999\nwith "quotes", and commas' }]);
  });
});

describe("a file that is no text", () => {
  it.each([
    ["UTF-16", Buffer.from("\ufeffa,b\n", "utf16le"), "UTF-16"],
    ["a zip archive, as spreadsheets are", Buffer.from("PK\u0003\u0004rest"), "compressed"],
    ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), "compressed"],
  ])("is refused once, not line by line: %s", async (_, content, words) => {
    writeFileSync(file, content);
    const all = async () => {
      for await (const line of readDecisions({ file, format: "csv", mapping: mapping() })) void line;
    };
    await expect(all()).rejects.toThrow(words);
  });
});
