import { monotonicFactory } from "ulid";

const ulid = monotonicFactory();

/** A new identifier that sorts by time: the prefix says of what (`drf_01J…`), the rest is a ULID. */
export const newId = (
  prefix: "drf" | "cls" | "dec" | "exm" | "per" | "agt" | "key" | "grp" | "dep",
): string => `${prefix}_${ulid()}`;
