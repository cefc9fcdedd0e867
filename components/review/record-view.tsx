import { formatLabel } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { addressKeys, addressLines } from "./address-lines";

type Json = Record<string, unknown>;

const NAMING = new Set(["name", "title", "label"]);
const ONE_LINE_CHARACTERS = 24;

/**
 * A JSON value, readable: objects as pairs, lists of alike objects as a table, what is small and deep on one line.
 * `marks` are values to set off wherever they stand alone.
 */
export function RecordView({ value, marks = [] }: { value: unknown; marks?: readonly string[] }) {
  if (isObject(value)) {
    return (
      <dl className="grid grid-cols-[minmax(4rem,max-content)_1fr] gap-x-3 gap-y-px text-xs">
        {Object.entries(value).map(([key, item]) => {
          const isTable = isRows(item);
          return (
            <div key={key} className={isTable ? "col-span-2 my-0.5" : "contents"}>
              <dt className="max-w-36 text-muted">{formatLabel(key)}</dt>
              <dd className="min-w-0">
                <Item value={item} marks={marks} />
              </dd>
            </div>
          );
        })}
      </dl>
    );
  }
  return <Item value={value} marks={marks} />;
}

function Item({ value, marks }: { value: unknown; marks: readonly string[] }) {
  if (isRows(value)) return <Rows rows={value} marks={marks} />;
  return <HostileText text={oneLine(value)} marks={marks} />;
}

function Rows({ rows, marks }: { rows: Json[]; marks: readonly string[] }) {
  const found = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // Canonical JSON sorts keys; people look for the name first.
  const keys = [...found.filter((key) => NAMING.has(key)), ...found.filter((key) => !NAMING.has(key))];
  const isNumeric = (key: string) => rows.every((row) => typeof row[key] === "number");
  return (
    <ScrollRegion label="Table" className="overflow-x-auto">
      <table className="w-full border-collapse text-xs">
        <thead>
          <tr className="text-left text-muted">
            {keys.map((key) => (
              <th
                key={key}
                scope="col"
                className={`whitespace-nowrap border-b py-0.5 pr-3 font-medium ${isNumeric(key) ? "text-right" : ""}`}
              >
                {formatLabel(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one record never move
            <tr key={index} className="border-b last:border-0">
              {keys.map((key) => {
                const text = oneLine(row[key]);
                return (
                  <td
                    key={key}
                    className={`py-0.5 pr-3 align-top ${isNumeric(key) ? "tabular text-right" : ""}`}
                  >
                    <HostileText text={text} marks={marks} oneLine={text.length <= ONE_LINE_CHARACTERS} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Any JSON value as one line of text; every leaf of it is there. */
function oneLine(value: unknown): string {
  if (value === undefined || value === null) return "—";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(oneLine).join(", ");
  if (isObject(value)) {
    const address = addressKeys(value);
    if (address.length > 0 && address.length === Object.keys(value).length) {
      return addressLines(value, address).join(", ");
    }
    const parts = Object.entries(value).map(([key, item]) => {
      const inner = oneLine(item);
      return `${formatLabel(key).toLowerCase()} ${isObject(item) ? `(${inner})` : inner}`;
    });
    return parts.length === 0 ? "empty" : parts.join(" · ");
  }
  return String(value);
}

const isRows = (value: unknown): value is Json[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
