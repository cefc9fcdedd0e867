"use client";

import Form from "next/form";
import { Button } from "@/components/ui/button";
import { Field, Select } from "@/components/ui/field";
import { formatUtc } from "@/components/ui/format-time";
import type { PolicyVersionView } from "@/lib/policy-files/list-versions";

/** Chooses two versions; they stand in the address, so that a comparison can be linked to. */
export function VersionPicker({
  href,
  versions,
  from,
  to,
}: {
  href: string;
  versions: PolicyVersionView[];
  from: string;
  to: string;
}) {
  return (
    <Form action={href} className="mb-3 grid items-end gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
      <VersionField label="From" name="from" versions={versions} value={from} />
      <VersionField label="To" name="to" versions={versions} value={to} />
      <Button type="submit">Compare</Button>
    </Form>
  );
}

function VersionField({
  label,
  name,
  versions,
  value,
}: {
  label: string;
  name: string;
  versions: PolicyVersionView[];
  value: string;
}) {
  return (
    <Field label={label} className="min-w-0">
      {(control) => (
        <Select {...control} name={name} defaultValue={value}>
          {versions.map(({ id, recordedAt, inForce }) => (
            <option key={id} value={id}>
              {id}, {formatUtc(recordedAt)}
              {inForce ? " (in force)" : ""}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
