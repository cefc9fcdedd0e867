import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { DiffView } from "./diff-view";
import { LongText } from "./long-text";
import type { PayloadField } from "./payload-model";
import { RecordView } from "./record-view";

/** The payload's parts, each drawn for what it is. */
export function PayloadFields({ fields }: { fields: PayloadField[] }) {
  return (
    <dl className="grid grid-cols-[minmax(5.5rem,max-content)_1fr] items-baseline gap-x-3 gap-y-1 text-sm">
      {fields.map((field) => {
        const isWide = field.kind === "diff" || field.kind === "text" || field.kind === "group";
        return (
          <div key={field.pointer} className={isWide ? "col-span-2" : "contents"}>
            <dt className="max-w-40 text-muted">
              {field.label}
              {!field.declared && <span className="ml-1 text-warn text-xs">not in the schema</span>}
            </dt>
            <dd className={isWide ? "mt-0.5 min-w-0" : "min-w-0"}>
              <FieldValue field={field} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function FieldValue({ field }: { field: PayloadField }) {
  switch (field.kind) {
    case "money":
      return (
        <span className="tabular font-semibold text-xl">{formatMoney(field.amount, field.currency)}</span>
      );
    case "value":
      return (
        <span className={field.emphasis ? "font-semibold text-warn" : "font-medium"}>
          <HostileText text={field.text} />
        </span>
      );
    case "lines":
      return (
        <address className="font-medium not-italic">
          {field.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one address never move
            <span key={index} className="block">
              <HostileText text={line} />
            </span>
          ))}
        </address>
      );
    case "list":
      return field.items.length === 0 ? (
        <span className="text-muted">none</span>
      ) : (
        <ul className={field.items.length > 1 ? "tabular" : undefined}>
          {field.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a payload's list never moves, and may repeat a value
            <li key={index} className="font-medium">
              <HostileText text={item} />
            </li>
          ))}
        </ul>
      );
    case "text":
      return (
        <div className="rounded-md border bg-sunken px-2.5 py-1.5">
          <LongText text={field.text} />
        </div>
      );
    case "diff":
      return <DiffView text={field.text} />;
    case "group":
      return (
        <div className="border-l-2 pl-3">
          <PayloadFields fields={field.fields} />
        </div>
      );
    case "tree":
      return <RecordView value={field.value} />;
  }
}
