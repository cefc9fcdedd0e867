import { formatLabel } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { LongText } from "./long-text";
import { isRecord, recordLine, SHORT_CHARACTERS } from "./record-line";
import { RecordRows } from "./record-rows";

/**
 * A JSON value, readable: short values flow, longer ones have a line each, lists of alike objects are tables.
 * `marks` are values to set off, `find` is what the reader looks for.
 */
export function RecordView({
  value,
  marks = [],
  find = "",
}: {
  value: unknown;
  marks?: readonly string[];
  find?: string;
}) {
  if (!isRecord(value)) return <Value value={value} label="Table" marks={marks} find={find} />;
  const entries = Object.entries(value);
  const isShort = (item: unknown) => recordLine(item).length <= SHORT_CHARACTERS;
  const short = entries.filter(([, item]) => isShort(item));
  const long = entries.filter(([, item]) => !isShort(item));
  return (
    <div className="text-xs">
      <dl className="flex flex-wrap gap-x-4">
        {short.map(([key, item]) => (
          <div key={key} className="flex gap-1.5">
            <dt className="text-muted">{formatLabel(key)}</dt>
            <dd>
              <HostileText text={recordLine(item)} marks={marks} find={find} />
            </dd>
          </div>
        ))}
      </dl>
      <dl>
        {long.map(([key, item]) => (
          <div key={key} className={isRows(item) ? "mt-0.5" : "flex gap-1.5"}>
            <dt className="shrink-0 text-muted">{formatLabel(key)}</dt>
            <dd className="min-w-0">
              <Value value={item} label={formatLabel(key)} marks={marks} find={find} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Value({
  value,
  label,
  marks,
  find,
}: {
  value: unknown;
  label: string;
  marks: readonly string[];
  find: string;
}) {
  if (isRows(value)) return <RecordRows rows={value} label={label} marks={marks} find={find} />;
  return <LongText text={recordLine(value)} marks={marks} find={find} />;
}

const isRows = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.length > 0 && value.every(isRecord);
