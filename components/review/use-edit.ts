"use client";

import { useMemo, useState } from "react";
import { diffPayloads } from "@/lib/drafts/diff-payloads";
import type { ReviewScreen } from "@/lib/drafts/types";
import { amountPointer } from "./drawing-hints";
import { type FormField, type FormValues, formFields, formValues } from "./form-model";
import { type FormReading, readForm } from "./read-form";
import { forgetEdit, keepEdit, readEdit } from "./typed-edit";

const WHOLE = "payload";
/** What the schema gives no form for is edited as one JSON text. */
const AS_JSON: FormField[] = [
  { key: WHOLE, label: "Payload (JSON)", required: true, description: null, control: "json", schema: {} },
];

/** The state of an edit: what is typed, the payload it makes, and what that changes. Kept in the tab until it is sent. */
export function useEdit({ draft, payloadSchema, attributes }: ReviewScreen, initialReason: string) {
  const { id } = draft;
  const original = draft.decidedPayload ?? draft.payload;
  const form = useMemo(
    () =>
      formFields(payloadSchema, { amountFrom: amountPointer(attributes, payloadSchema), payload: original }),
    [payloadSchema, attributes, original],
  );
  const initial = useMemo(
    () => (form ? formValues(form, original) : { [WHOLE]: JSON.stringify(original, null, 2) }),
    [form, original],
  );
  const [kept] = useState(() => readEdit(id));
  const [isRestored, setRestored] = useState(kept !== null);
  const [values, setValues] = useState<FormValues>(kept?.values ?? initial);
  const [reason, setReason] = useState(kept?.reason || initialReason);

  const keep = (next: { values: FormValues; reason: string }) => {
    const isNothing = next.reason === "" && JSON.stringify(next.values) === JSON.stringify(initial);
    if (isNothing) forgetEdit(id);
    else keepEdit(id, { payloadHash: draft.payloadHash, ...next });
  };
  const reading = useMemo(
    () => (form ? readForm(form, values, original) : readWhole(values[WHOLE])),
    [form, values, original],
  );
  const isRight = Object.keys(reading.errors).length === 0;
  const changes = useMemo(
    () => (isRight ? diffPayloads(original, reading.payload) : []),
    [isRight, original, reading],
  );
  return {
    fields: form ?? AS_JSON,
    values,
    reason,
    reading,
    isRight,
    changes,
    isRestored,
    /** The draft was edited on the basis of another payload than it has now. */
    hasMoved: isRestored && kept?.payloadHash !== draft.payloadHash,
    change(next: FormValues) {
      setValues(next);
      keep({ values: next, reason });
    },
    changeReason(next: string) {
      setReason(next);
      keep({ values, reason: next });
    },
    /** Back to the payload as it is. */
    discard() {
      forgetEdit(id);
      setRestored(false);
      setValues(initial);
      setReason("");
    },
    forget: () => forgetEdit(id),
  };
}

function readWhole(text: FormValues[string] | undefined): FormReading {
  try {
    const value: unknown = JSON.parse(String(text));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { payload: value as Record<string, unknown>, errors: {} };
    }
  } catch {
    // Said below, like any other text that is not an object.
  }
  return { payload: {}, errors: { [`/${WHOLE}`]: "This is not a JSON object." } };
}
