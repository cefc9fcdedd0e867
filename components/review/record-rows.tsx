"use client";

import { Fragment, useState } from "react";
import { formatLabel } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { countFound } from "@/components/ui/text-parts";
import { recordLine, SHORT_CHARACTERS } from "./record-line";

type Row = Record<string, unknown>;

const NAMING = new Set(["name", "title", "label"]);

const SHOWN_ROWS = 25;

/** Of a long list the first rows; while something is sought, those that hold it. */
function firstRows(rows: Row[], find: string): Row[] {
  const sought = find === "" ? rows : rows.filter((row) => countFound(recordLine(row), find, 1) > 0);
  return sought.slice(0, find === "" ? SHOWN_ROWS : 4 * SHOWN_ROWS);
}

/** A list of alike objects as a table: short values in columns, longer ones on a line of their own below the row. */
export function RecordRows({
  rows: all,
  label,
  marks,
  find,
}: {
  rows: Row[];
  label: string;
  marks: readonly string[];
  find: string;
}) {
  const [isAll, setAll] = useState(false);
  const rows = isAll || all.length <= SHOWN_ROWS ? all : firstRows(all, find);
  const found = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const isLong = (key: string) => rows.some((row) => recordLine(row[key]).length > SHORT_CHARACTERS);
  const isNumeric = (key: string) => rows.every((row) => typeof row[key] === "number");
  const long = found.filter(isLong);
  // Canonical JSON sorts keys; people look for the name first.
  const short = found.filter((key) => !isLong(key));
  const columns = [...short.filter((key) => NAMING.has(key)), ...short.filter((key) => !NAMING.has(key))];
  return (
    <ScrollRegion label={label} className="overflow-x-auto">
      <table className="w-full border-collapse">
        <thead>
          <tr className="text-left text-muted">
            {columns.map((key) => (
              <th
                key={key}
                scope="col"
                className={`whitespace-nowrap pr-3 font-medium last:pr-0 ${isNumeric(key) ? "text-right" : ""}`}
              >
                {formatLabel(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one record never move
            <Fragment key={index}>
              <tr className="border-t align-top">
                {columns.map((key) => (
                  <td key={key} className={`pr-3 last:pr-0 ${isNumeric(key) ? "tabular text-right" : ""}`}>
                    <HostileText text={recordLine(row[key])} marks={marks} find={find} oneLine />
                  </td>
                ))}
              </tr>
              {long.map((key) => (
                <tr key={key}>
                  <td colSpan={columns.length || 1} className="pl-3 text-muted">
                    {formatLabel(key)}: <HostileText text={recordLine(row[key])} marks={marks} find={find} />
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
      {rows.length < all.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="mt-0.5 font-medium text-accent text-xs hover:underline"
        >
          {find === "" ? "Show" : `${rows.length} of them hold it. Show`} all{" "}
          {all.length.toLocaleString("en-US")} rows
        </button>
      )}
    </ScrollRegion>
  );
}
