import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { sha256Hex } from "./sha256";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SCHEME = "csk_";
/** 62^33 > 2^192 and 62^6 > 2^32. */
const BODY_LENGTH = 33;
const CHECKSUM_LENGTH = 6;
const PREFIX_LENGTH = 12;
const SHAPE = /^csk_[0-9A-Za-z]{39}$/;

/** What the database keeps of a key: enough to find it and to show which one it is, not to use it. */
export type ApiKeyIdentity = {
  /** SHA-256 of the whole key, lower-case hex. A slow hash would add nothing to 192 random bits. */
  hash: string;
  /** The first 12 characters, shown in lists. */
  prefix: string;
};

/** A new key: `csk_`, 192 random bits and a CRC-32 in base 62. The key itself is shown once and never stored. */
export function generateApiKey(): ApiKeyIdentity & { key: string } {
  const body = toBase62(BigInt(`0x${randomBytes(24).toString("hex")}`), BODY_LENGTH);
  const key = SCHEME + body + checksum(SCHEME + body);
  return { key, ...identify(key) };
}

/** The identity of a well-formed key, or null for typos and junk, which then never reach the database. */
export function parseApiKey(text: string): ApiKeyIdentity | null {
  if (!SHAPE.test(text)) return null;
  const split = text.length - CHECKSUM_LENGTH;
  return checksum(text.slice(0, split)) === text.slice(split) ? identify(text) : null;
}

function identify(key: string): ApiKeyIdentity {
  return { hash: sha256Hex(key), prefix: key.slice(0, PREFIX_LENGTH) };
}

function checksum(text: string): string {
  return toBase62(BigInt(crc32(text)), CHECKSUM_LENGTH);
}

function toBase62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) text = ALPHABET[Number(rest % 62n)] + text;
  return text;
}
