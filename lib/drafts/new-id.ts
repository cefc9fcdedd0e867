import { monotonicFactory } from "ulid";

const pool = new Uint32Array(256);
let used = pool.length;

/** From 0 up to 1. Taken from the system by the kilobyte: an id needs sixteen of these, and each call there is dear. */
function random(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  return pool[used++]! / 2 ** 32;
}

const ulid = monotonicFactory(random);

/** A new identifier that sorts by time: the prefix says of what (`drf_01J…`), the rest is a ULID. */
export const newId = (
  prefix:
    | "drf"
    | "cls"
    | "dec"
    | "exm"
    | "per"
    | "agt"
    | "key"
    | "grp"
    | "dep"
    | "sch"
    | "ovr"
    | "abs"
    | "hld"
    | "ntc"
    | "viw"
    | "prm"
    | "drq",
): string => `${prefix}_${ulid()}`;
