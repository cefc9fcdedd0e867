import type { Readable } from "node:stream";

/** Calls `onLine` with every line of a stream, the unfinished last one too; over-long lines are cut at 8,000 characters. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = (lines.pop() ?? "").slice(0, 8000);
    for (const line of lines) onLine(line.trimEnd());
  });
  stream.on("end", () => {
    if (rest) onLine(rest);
  });
}
