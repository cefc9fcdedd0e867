import { CountersignError } from "@/lib/errors";

/** Where a page ended, as an opaque word for the next request. */
export const writeCursor = (at: Date, id: string): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");

/** @throws CountersignError `invalid_request` for a cursor that was not made by `writeCursor`. */
export function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  if (!cursor) return null;
  const [time = "", id = ""] = Buffer.from(cursor, "base64url").toString("utf8").split(" ");
  const at = new Date(time);
  // Years of four digits only: PostgreSQL ends sooner than JavaScript's calendar does.
  const wellFormed = /^\d{4}-/.test(time) && !Number.isNaN(at.getTime()) && /^[a-z]+_\w+$/.test(id);
  if (!wellFormed || writeCursor(at, id) !== cursor) {
    throw new CountersignError("invalid_request", "This cursor is not one that a page came with.", {
      fields: [{ path: "/cursor", message: "not a cursor" }],
    });
  }
  return { at, id };
}
