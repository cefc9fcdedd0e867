import { crc32, deflateSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { shrinkPng } from "./shrink-png";

type Colour = readonly [number, number, number];

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

/** An RGB picture whose lines use the five filters in turn, written from their definitions in the PNG specification. */
function drawPng(rows: readonly (readonly Colour[])[], colourType = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(rows[0]!.length, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, colourType], 8);
  const flat = rows.map((row) => row.flat());
  const at = (y: number, x: number) => (x < 0 ? 0 : (flat[y]?.[x] ?? 0));
  const lines = flat.map((line, y) => {
    const filter = y % 5;
    const filtered = line.map((value, x) => {
      const [left, up, corner] = [at(y, x - 3), at(y - 1, x), at(y - 1, x - 3)];
      const estimate = left + up - corner;
      const byDistance = [left, up, corner].sort(
        (one, other) => Math.abs(estimate - one) - Math.abs(estimate - other),
      );
      const predicted = [0, left, up, Math.floor((left + up) / 2), byDistance[0]!][filter]!;
      return (value - predicted + 256) % 256;
    });
    return Buffer.from([filter, ...filtered]);
  });
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(lines))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The colours of a picture with a palette, one line after the other. */
function readIndexed(png: Buffer): Colour[] {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString("latin1", 0, 4), body.subarray(4));
  }
  const width = chunks.get("IHDR")!.readUInt32BE(0);
  const palette = chunks.get("PLTE")!;
  const lines = inflateSync(chunks.get("IDAT")!);
  return [...lines]
    .filter((_, at) => at % (width + 1) !== 0)
    .map((index) => [palette[index * 3]!, palette[index * 3 + 1]!, palette[index * 3 + 2]!]);
}

const rowsOf = (width: number, height: number, colour: (x: number, y: number) => Colour): Colour[][] =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => colour(x, y)));

describe("shrinkPng", () => {
  test("keeps every pixel of a picture of few colours, whichever filter its lines use", () => {
    const rows = rowsOf(12, 15, (x, y) => [(x * 71) % 256, (y * 53) % 256, (x * y) % 3]);
    const few = rows.map((row) => row.map(([r, g, b]): Colour => [r & 0xc0, g & 0xc0, b]));
    expect(readIndexed(shrinkPng(drawPng(few)))).toEqual(few.flat());
  });

  test("keeps a rare colour that is unlike all others before the many shades of a common one", () => {
    const rows = rowsOf(100, 100, (x, y) =>
      x === 50 && y === 20 ? [185, 28, 28] : [x + 100, x + 100, (y % 50) + 200],
    );
    const red = readIndexed(shrinkPng(drawPng(rows))).filter(([r, g]) => r > g + 100);
    expect(red).toEqual([[185, 28, 28]]);
  });

  test("refuses a picture of another kind", () => {
    expect(() => shrinkPng(drawPng([[[1, 2, 3]]], 3))).toThrow("Not a PNG of 8-bit RGB");
  });
});
