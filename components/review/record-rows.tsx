import { Fragment } from "react";
import { formatLabel } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { recordLine, SHORT_CHARACTERS } from "./record-line";

type Row = Record<string, unknown>;

const NAMING = new Set(["name", "title", "label"]);

/** A list of alike objects as a table: short values in columns, longer ones on a line of their own below the row. */
export function RecordRows({ rows, marks }: { rows: Row[]; marks: readonly string[] }) {
  const found = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const isLong = (key: string) => rows.some((row) => recordLine(row[key]).length > SHORT_CHARACTERS);
  const isNumeric = (key: string) => rows.every((row) => typeof row[key] === "number");
  const long = found.filter(isLong);
  // Canonical JSON sorts keys; people look for the name first.
  const short = found.filter((key) => !isLong(key));
  const columns = [...short.filter((key) => NAMING.has(key)), ...short.filter((key) => !NAMING.has(key))];
  return (
    <ScrollRegion label="Table" className="overflow-x-auto">
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
                    <HostileText text={recordLine(row[key])} marks={marks} oneLine />
                  </td>
                ))}
              </tr>
              {long.map((key) => (
                <tr key={key}>
                  <td colSpan={columns.length || 1} className="pl-3 text-muted">
                    {formatLabel(key)}: <HostileText text={recordLine(row[key])} marks={marks} />
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
