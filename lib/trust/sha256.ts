import { hash } from "node:crypto";
import { canonicalJson } from "./canonical-json";

/** SHA-256 of text (as UTF-8) or bytes, as 64 lower-case hex digits. */
export function sha256Hex(input: string | Uint8Array): string {
  return hash("sha256", input, "hex");
}

/** SHA-256 of a value's RFC 8785 canonical JSON, as 64 lower-case hex digits. Throws as `canonicalJson` does. */
export function payloadHash(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
