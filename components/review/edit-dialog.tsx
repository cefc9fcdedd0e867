"use client";

import { useId, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea } from "@/components/ui/text-area";
import type { ActionFailure } from "@/lib/adapters/action";
import { diffPayloads } from "@/lib/drafts/diff-payloads";
import type { ReviewScreen } from "@/lib/drafts/types";
import { FormFields } from "./form-fields";
import { type FormField, type FormValues, formFields, formValues, readForm } from "./form-model";
import { Changes } from "./outcome-panel";

const WHOLE = "/";
/** What the schema gives no form for is edited as one JSON text. */
const AS_JSON: FormField[] = [
  { pointer: WHOLE, label: "Payload (JSON)", required: true, description: null, control: "json" },
];

/** Edits the payload, shows what changed, and approves the edited one. The server classifies it again. */
export function EditDialog({
  screen,
  initialReason,
  onSubmit,
  onClose,
}: {
  screen: ReviewScreen;
  initialReason: string;
  /** Resolves to what the server found wrong, or null when it is done. */
  onSubmit: (payload: Record<string, unknown>, reason: string) => Promise<ActionFailure | null>;
  onClose: () => void;
}) {
  const { draft, payloadSchema, attributes } = screen;
  const fields = useMemo(
    () => formFields(payloadSchema, attributes.amount_from),
    [payloadSchema, attributes],
  );
  const reasonId = useId();
  const [values, setValues] = useState<FormValues>(() =>
    fields ? formValues(fields, draft.payload) : { [WHOLE]: JSON.stringify(draft.payload, null, 2) },
  );
  const [reason, setReason] = useState(initialReason);
  const [refused, setRefused] = useState<ActionFailure | null>(null);
  const [sending, setSending] = useState(false);

  const { payload, errors } = fields ? readForm(fields, values, draft.payload) : readWhole(values[WHOLE]);
  const changes = Object.keys(errors).length === 0 ? diffPayloads(draft.payload, payload) : [];
  const shownErrors = { ...serverErrors(refused), ...errors };
  const submit = async () => {
    if (changes.length === 0 || sending) return;
    setSending(true);
    const failure = await onSubmit(payload, reason.trim());
    setSending(false);
    setRefused(failure);
  };

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title="Edit, then approve"
      description="The edited payload is checked and classified again. If its tier rises, it goes on to that approver."
    >
      <form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="grid min-h-0 gap-3 overflow-y-auto px-4 py-3 sm:grid-cols-2">
          {refused && (
            <p
              role="alert"
              className="foreign rounded-md bg-bad-soft px-3 py-2 text-bad text-sm sm:col-span-2"
            >
              {refused.message}
            </p>
          )}
          <FormFields
            fields={fields ?? AS_JSON}
            values={values}
            errors={shownErrors}
            currency={draft.currency}
            onChange={(pointer, value) => {
              setRefused(null);
              setValues((before) => ({ ...before, [pointer]: value }));
            }}
          />
          <div className="sm:col-span-2">
            <label htmlFor={reasonId} className="mb-1 block font-medium text-sm">
              Why this edit{" "}
              <span className="font-normal text-muted">· optional, the agent learns from it</span>
            </label>
            <TextArea
              id={reasonId}
              rows={2}
              maxLength={5000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              onSubmitKey={() => void submit()}
            />
          </div>
        </div>
        <div className="flex flex-wrap items-end justify-end gap-2 border-t px-4 py-3">
          <div className="mr-auto min-w-0 flex-1" aria-live="polite">
            {changes.length > 0 ? (
              <>
                <p className="font-medium text-xs">You change:</p>
                <Changes changes={changes} />
              </>
            ) : (
              <p className="text-muted text-sm">
                {Object.keys(errors).length > 0 ? "Something is not right yet." : "Nothing is changed yet."}
              </p>
            )}
          </div>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" disabled={changes.length === 0 || sending}>
            {sending ? "Sending…" : "Approve the edit"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function readWhole(text: string | boolean | undefined): ReturnType<typeof readForm> {
  try {
    const value: unknown = JSON.parse(String(text));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { payload: value as Record<string, unknown>, errors: {} };
    }
  } catch {
    // Said below, like any other text that is not an object.
  }
  return { payload: {}, errors: { [WHOLE]: "This is not a JSON object." } };
}

/** The server's findings by control; it may name them from the request's root. */
function serverErrors(failure: ActionFailure | null): Record<string, string> {
  const fields = failure?.fields ?? [];
  return Object.fromEntries(
    fields.map(({ path, message }) => [path.replace(/^\/payload(?=\/)/, ""), message]),
  );
}
