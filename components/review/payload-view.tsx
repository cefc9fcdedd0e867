import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { withKeys } from "@/components/ui/with-keys";
import { CodeLine } from "./code-line";
import { DiffView } from "./diff-view";
import { DiffText, WordDiff } from "./field-changes";
import { LongText } from "./long-text";
import type { Item, PayloadField } from "./payload-model";
import { RecordView } from "./record-view";
import { wordDiff } from "./word-diff";

const WIDE = new Set<PayloadField["kind"]>(["diff", "code", "text", "group", "pairs"]);

/** The payload's parts, each drawn for what it is. */
export function PayloadFields({ fields }: { fields: PayloadField[] }) {
  return (
    <dl className="grid grid-cols-[minmax(5.5rem,max-content)_1fr] items-baseline gap-x-3 gap-y-1 text-sm">
      {fields.map((field) => {
        const isWide = WIDE.has(field.kind);
        return (
          <div key={field.pointer} className={isWide ? "col-span-2 min-w-0" : "contents"}>
            <dt className="foreign max-w-40 text-muted">
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
        <span className="tabular font-semibold text-xl">
          <Before lines={field.before} now={String(field.amount)} />
          {formatMoney(field.amount, field.currency)}
        </span>
      );
    case "value":
      return (
        <span className={field.emphasis ? "font-semibold text-warn" : "font-medium"}>
          <Before lines={field.before} now={field.text} />
          <HostileText text={field.text} />
        </span>
      );
    case "lines":
      return <AddressLines lines={field.lines} before={field.before} />;
    case "list":
      return field.items.length === 0 ? (
        <span className="text-muted">none</span>
      ) : (
        <ul>
          {withKeys(field.items).map(({ key, value }) => (
            <li key={key}>
              <ItemView item={value} />
            </li>
          ))}
        </ul>
      );
    case "pairs":
      return <Pairs pairs={field.pairs} />;
    case "recipients":
      return (
        <ul>
          {withKeys(field.items).map(({ key, value }) => (
            <li key={key} className="font-medium">
              <Recipient address={value} />
            </li>
          ))}
        </ul>
      );
    case "text":
      return field.before ? (
        <WordDiff parts={wordDiff(field.before.join("\n"), field.text)} />
      ) : (
        <div className="rounded-md border bg-sunken px-2.5 py-1.5">
          <LongText text={field.text} />
        </div>
      );
    case "code":
      return field.before ? (
        <WordDiff parts={wordDiff(field.before.join("\n"), field.text)} isCode />
      ) : (
        <ScrollRegion
          label={field.label}
          className="max-h-80 overflow-auto rounded-md border bg-sunken px-2.5 py-1 font-mono text-xs"
        >
          {withKeys(field.text.split("\n").slice(0, MOST_LINES)).map(({ key, value }) => (
            <code key={key} className="block min-h-[1.0625rem]">
              <CodeLine text={value} language={field.language} />
            </code>
          ))}
        </ScrollRegion>
      );
    case "diff":
      return <DiffView text={field.text} language={field.language} />;
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

const MOST_LINES = 2_000;

/** What the evidence has for it before, struck out; or that it stays the same. */
function Before({ lines, now }: { lines: string[] | undefined; now: string }) {
  const text = lines?.join(", ");
  if (text === undefined) return null;
  if (text === now) return <span className="mr-1.5 font-normal text-muted text-xs">as before:</span>;
  return (
    <>
      <span className="font-normal text-sm">
        <DiffText part={{ text, kind: "removed" }} />
      </span>
      <span className="sr-only"> becomes </span>
      <span aria-hidden="true" className="mx-1 font-normal text-muted">
        →
      </span>
    </>
  );
}

function AddressLines({ lines, before }: { lines: string[]; before: string[] | undefined }) {
  const isSame = before && before.join("\n") === lines.join("\n");
  return (
    <div className={before && !isSame ? "grid grid-cols-2 gap-x-3" : undefined}>
      {before && !isSame && (
        <address className="text-xs not-italic leading-[1.1875rem]">
          {withKeys(before).map(({ key, value }) => (
            <span key={key} className="block">
              <span className="sr-only">{key === 0 ? "Before: " : ""}</span>
              <DiffText part={{ text: value, kind: lines.includes(value) ? "same" : "removed" }} />
            </span>
          ))}
        </address>
      )}
      <address className="font-medium not-italic">
        {isSame && <span className="font-normal text-muted text-xs">as before:</span>}
        {withKeys(lines).map(({ key, value }) => (
          <span key={key} className="block">
            <HostileText text={value} />
          </span>
        ))}
      </address>
    </div>
  );
}

/** The identifier, which is what is approved, and what the evidence says of it. */
function ItemView({ item }: { item: Item }) {
  return (
    <>
      <span className="tabular font-medium">
        <HostileText text={item.text} />
      </span>
      {item.about && (
        <span className="ml-1.5 text-muted text-xs">
          <HostileText text={item.about} />
        </span>
      )}
    </>
  );
}

function Pairs({ pairs }: { pairs: { from: Item; to: Item }[] }) {
  return (
    <ul className="divide-y rounded-md border">
      {withKeys(pairs).map(({ key, value: { from, to } }) => (
        <li key={key} className="px-2 py-1">
          {from.text === to.text ? (
            <>
              <ItemView item={to} />
              <span className="ml-1.5 rounded bg-warn-soft px-1 text-warn text-xs">replaced by itself</span>
            </>
          ) : (
            <>
              <p>
                <span className="tabular">
                  <DiffText part={{ text: from.text, kind: "removed" }} />
                </span>
                <span className="sr-only"> becomes </span>
                <span aria-hidden="true" className="mx-1 text-muted">
                  →
                </span>
                <span className="tabular font-medium">
                  <HostileText text={to.text} />
                </span>
              </p>
              {(from.about ?? to.about) && (
                <p className="text-muted text-xs">
                  <HostileText text={from.about ?? ""} />
                  {to.about && (
                    <>
                      {" → "}
                      <HostileText text={to.about} />
                    </>
                  )}
                </p>
              )}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** An address in full. A host in another alphabet says so: it may look like one that it is not. */
function Recipient({ address }: { address: string }) {
  const host = address.slice(address.lastIndexOf("@") + 1);
  return (
    <>
      <HostileText text={address} />
      {/(^|\.)xn--/i.test(host) && (
        <span className="ml-1.5 rounded bg-bad-soft px-1 font-normal text-bad text-xs">
          its host is written in another alphabet
        </span>
      )}
    </>
  );
}
