import { z } from "zod";
import { PAGE_ROWS } from "./page-rows";

/** One line that a person typed: trimmed, visible characters only. */
export const textField = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(most, `at most ${most} characters`)
    .regex(/^\P{Cc}*$/u, "one line without control characters");

export const idField = z.string().min(1, "choose one").max(100);
export const nameField = textField(100);
/** The version of what the editor's form showed. */
export const versionField = z.int().min(1);
/** Which page of a list; whatever else a URL says is the first. */
export const pageField = z.coerce.number().int().min(1).max(100_000).catch(1).default(1);
/** What to look for in a list; whatever else a URL says is everything. */
export const queryField = z.string().trim().max(200).catch("").default("");

/** One of these from a URL; null for whatever else it says. */
export const oneOf = <Value extends string>(values: readonly Value[]) =>
  z
    .string()
    .optional()
    .transform((text) => values.find((value) => value === text) ?? null);

/** A pattern for ILIKE that finds `query` anywhere; everything when it is empty. */
export const containing = (query: string): string => `%${query.replace(/[\\%_]/g, "\\$&")}%`;

/** One page of a list: `page` is the one shown, also when a later one was asked for. */
export interface Page<Row> {
  rows: Row[];
  page: number;
  pages: number;
  total: number;
}

/** Builds the page from rows that each carry how many there are in all. */
export function pageOf<Row extends { total: number }>(rows: Row[], wanted: number): Page<Omit<Row, "total">> {
  const total = rows[0]?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / PAGE_ROWS));
  return { rows: rows.map(({ total: _, ...row }) => row), page: Math.min(wanted, pages), pages, total };
}
