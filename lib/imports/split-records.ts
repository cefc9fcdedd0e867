import { createReadStream } from "node:fs";
import { MAX_LINE_BYTES } from "./source-line";

const NEWLINE = 10;
const QUOTE = 34;
const RETURN = 13;

/** One record of a CSV file: its bytes, or null for one that has no end within what is read of it. */
export interface RawRecord {
  line: number;
  bytes: Buffer | null;
  bytesRead: number;
}

/**
 * Cuts a CSV file into records, by the rules of RFC 4180: a quoted field may hold line breaks. A quote that is never
 * closed, or a record longer than any may be, costs its own line only: what follows is read as if it were not there.
 */
export async function* splitRecords(file: string, delimiter: string): AsyncGenerator<RawRecord> {
  const scan = new RecordScan(delimiter.charCodeAt(0));
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    scan.add(chunk);
    yield* scan.take(false);
  }
  yield* scan.take(true);
}

class RecordScan {
  private rest: Buffer = Buffer.alloc(0);
  private line = 1;
  private bytesRead = 0;
  /** Where the scan of the unfinished record stands, so that no byte is looked at again for every chunk. */
  private at = 0;
  private state: "start" | "plain" | "quoted" | "quote" = "start";
  /** Within a line of which too much has been given up already. */
  private isSkipping = false;

  constructor(private readonly delimiter: number) {}

  add(chunk: Buffer): void {
    const from = this.isSkipping ? chunk.indexOf(NEWLINE) : -1;
    if (this.isSkipping) this.bytesRead += from < 0 ? chunk.length : from + 1;
    if (this.isSkipping && from < 0) return;
    this.isSkipping = false;
    this.rest = Buffer.concat([this.rest, chunk.subarray(from + 1)]);
  }

  *take(isEnd: boolean): Generator<RawRecord> {
    for (;;) {
      const end = this.findEnd();
      if (end >= 0) yield this.cut(end, true);
      else if (this.rest.length > MAX_LINE_BYTES) yield this.cutFirstLine();
      else if (!isEnd || this.rest.length === 0) return;
      else if (this.state === "quoted") yield this.cutFirstLine();
      else yield this.cut(this.rest.length, true);
    }
  }

  /** The line feed that ends the record, or -1 while it is not there. */
  private findEnd(): number {
    const { rest, delimiter } = this;
    let { state } = this;
    for (let at = this.at; at < rest.length; at++) {
      const byte = rest[at]!;
      if (state === "quoted") {
        if (byte === QUOTE) state = "quote";
      } else if (byte === NEWLINE) {
        return at;
      } else if (byte === delimiter) {
        state = "start";
      } else if (byte === QUOTE && (state === "start" || state === "quote")) {
        state = "quoted";
      } else if (byte !== RETURN) {
        state = "plain";
      }
    }
    this.at = rest.length;
    this.state = state;
    return -1;
  }

  /** A record that never ends: its first line is given up, and the next is a beginning again. */
  private cutFirstLine(): RawRecord {
    const end = this.rest.indexOf(NEWLINE);
    this.isSkipping = end < 0;
    return this.cut(end < 0 ? this.rest.length : end, false);
  }

  private cut(end: number, isWhole: boolean): RawRecord {
    const bytes = this.rest.subarray(0, end);
    const record = { line: this.line, bytes: isWhole && end <= MAX_LINE_BYTES ? bytes : null };
    this.line += countLineFeeds(bytes) + 1;
    this.bytesRead += end + 1;
    this.rest = this.rest.subarray(end + 1);
    this.at = 0;
    this.state = "start";
    return { ...record, bytesRead: this.bytesRead };
  }
}

function countLineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
