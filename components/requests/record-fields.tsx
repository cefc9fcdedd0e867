"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { contentOf } from "./request-words";

export interface TypedRecord {
  key: number;
  title: string;
  text: string;
}

const MOST = 20;

/** What is attached for the drafter to go by: pasted text or JSON, each with a title. */
export function RecordFields({
  records,
  onChange,
  errors,
}: {
  records: TypedRecord[];
  onChange: (records: TypedRecord[]) => void;
  errors: Record<string, string>;
}) {
  const change = (key: number, with_: Partial<TypedRecord>) =>
    onChange(records.map((record) => (record.key === key ? { ...record, ...with_ } : record)));
  const add = () =>
    onChange([...records, { key: Math.max(0, ...records.map(({ key }) => key)) + 1, title: "", text: "" }]);
  return (
    <div>
      {records.length > 0 && (
        <ul aria-label="Records" className="mb-2 space-y-2">
          {records.map(({ key, title, text }, index) => (
            <li key={key} className="rounded-md border bg-sunken p-2">
              <div className="flex items-start gap-1.5">
                <Field
                  label={`Title of record ${index + 1}`}
                  hideLabel
                  className="min-w-0 flex-1"
                  error={errors[`/records/${index}/title`]}
                >
                  {(control) => (
                    <Input
                      {...control}
                      required
                      maxLength={300}
                      autoFocus={title === "" && text === ""}
                      placeholder="What it is: Order W123, as of today"
                      value={title}
                      onChange={(event) => change(key, { title: event.target.value })}
                    />
                  )}
                </Field>
                <button
                  type="button"
                  aria-label={`Remove record ${index + 1}`}
                  onClick={() => onChange(records.filter((record) => record.key !== key))}
                  className="inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
                >
                  <X aria-hidden="true" className="size-4" />
                </button>
              </div>
              <Field
                label={`Content of record ${index + 1}`}
                hideLabel
                className="mt-1.5"
                hint={
                  text.trim() === "" ? undefined : contentOf(text).isJson ? "Read as JSON" : "Read as text"
                }
                error={errors[`/records/${index}/content`]}
              >
                {(control) => (
                  <TextArea
                    {...control}
                    required
                    rows={4}
                    className="font-mono sm:text-xs"
                    placeholder="Paste text or JSON"
                    value={text}
                    onChange={(event) => change(key, { text: event.target.value })}
                  />
                )}
              </Field>
            </li>
          ))}
        </ul>
      )}
      {records.length < MOST && (
        <Button onClick={add} className="min-h-8 px-2.5">
          <Plus aria-hidden="true" className="size-3.5" /> Attach a record
        </Button>
      )}
      {errors["/records"] && (
        <p role="alert" className="mt-0.5 text-bad text-xs">
          {errors["/records"]}
        </p>
      )}
    </div>
  );
}
