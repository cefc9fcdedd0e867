import { CountersignError } from "@/lib/errors";

/** The Idempotency-Key header, or null. @throws CountersignError `invalid_request` when it is empty or too long. */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null) return null;
  if (/^[\x21-\x7e][\x20-\x7e]{0,254}$/.test(key)) return key;
  throw new CountersignError("invalid_request", "Idempotency-Key takes 1 to 255 visible ASCII characters.", {
    fields: [{ path: "/headers/idempotency-key", message: "1 to 255 visible ASCII characters" }],
  });
}
