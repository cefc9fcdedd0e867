"use client";

import { Field, Input } from "@/components/ui/field";
import type { Identity } from "@/lib/directory/identity";

/** Issuer and subject of one identity. */
export function IdentityFields({
  value,
  onChange,
  errors,
  isOptional = false,
}: {
  value: Identity;
  onChange: (identity: Identity) => void;
  errors: Record<string, string>;
  isOptional?: boolean;
}) {
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      <Field label="Issuer" error={errors["/identity/issuer"]} optional={isOptional}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            placeholder="https://id.example.com"
            maxLength={500}
            value={value.issuer}
            onChange={(event) => onChange({ ...value, issuer: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Subject"
        error={errors["/identity/subject"]}
        optional={isOptional}
        hint={
          value.issuer === "demo"
            ? "On the demo page: the person's own id."
            : "The claim “sub” of their token."
        }
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={500}
            value={value.subject}
            onChange={(event) => onChange({ ...value, subject: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
