import type { FieldError } from "@/lib/errors";

/** One entry of a file: what it says as JSON, or why it cannot be read. `text` is it as it stands there, cut short. */
export type SourceLine = {
  /** Where it begins, from 1. */
  line: number;
  /** How many bytes of the file have been read by then. */
  bytesRead: number;
  text: string;
} & ({ value: unknown } | { problems: FieldError[] });

/** The largest entry that is read: payload, evidence and what is around them. */
export const MAX_LINE_BYTES = 2 * 1024 * 1024;
const MOST_TEXT = 2_000;

const lossy = new TextDecoder();

/** What a list of bad lines shows of one. */
export const excerptOf = (bytes: Uint8Array): string => lossy.decode(bytes.subarray(0, MOST_TEXT));

/** What is wrong with a whole line, or with what is at `path` in it. */
export const problem = (message: string, path = ""): { problems: FieldError[] } => ({
  problems: [{ path, message }],
});

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes without a mark of UTF-8 at their beginning. */
export const withoutMark = (bytes: Buffer): Buffer =>
  bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes;
