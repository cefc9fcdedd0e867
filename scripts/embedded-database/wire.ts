/** One message of the PostgreSQL protocol (v3): type byte, length, body. */
export function frame(type: string, ...parts: Buffer[]): Buffer {
  const body = parts.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.allocUnsafe(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(body + 4, 1);
  return Buffer.concat([head, ...parts], body + 5);
}

/** A NUL-terminated string as the protocol writes it. */
export function cstring(text: string): Buffer {
  return Buffer.from(`${text}\0`, "utf8");
}

/** A simple query. */
export function queryFrame(sql: string): Buffer {
  return frame("Q", cstring(sql));
}

/** An ErrorResponse with a SQLSTATE of https://www.postgresql.org/docs/current/errcodes-appendix.html. */
export function errorFrame(severity: "ERROR" | "FATAL", code: string, message: string): Buffer {
  return frame("E", Buffer.from(`S${severity}\0V${severity}\0C${code}\0M${message}\0\0`, "utf8"));
}

export const syncFrame = frame("S");

/** The type byte of a message as a letter. */
export function typeOf(message: Buffer): string {
  return String.fromCharCode(message[0] ?? 0);
}

/** The messages of a reply, one after the other, as [type, body]. */
export function* framesOf(reply: Buffer): Generator<[string, Buffer]> {
  for (let at = 0; at + 5 <= reply.length; ) {
    const end = at + 1 + reply.readInt32BE(at + 1);
    yield [String.fromCharCode(reply[at] ?? 0), reply.subarray(at + 5, end)];
    at = end;
  }
}

/** The message text of an ErrorResponse body. */
export function errorText(body: Buffer): string {
  const fields = body.toString("utf8").split("\0");
  return fields.find((field) => field.startsWith("M"))?.slice(1) ?? "unknown error";
}
