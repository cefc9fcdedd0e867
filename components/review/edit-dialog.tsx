"use client";

import { History } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea } from "@/components/ui/text-area";
import type { ActionFailure } from "@/lib/adapters/action";
import type { ReviewScreen } from "@/lib/drafts/types";
import type { FieldError } from "@/lib/errors";
import { amountPointer } from "./drawing-hints";
import { EditEffect } from "./edit-effect";
import { FieldChanges } from "./field-changes";
import { FormFields } from "./form-fields";
import { useEdit } from "./use-edit";
import { type AskPreview, useEditPreview } from "./use-edit-preview";

/** Edits the payload, shows what changed and what that leads to, and approves the edited one. */
export function EditDialog({
  screen,
  initialReason,
  preview: ask,
  onSubmit,
  onClose,
}: {
  screen: ReviewScreen;
  initialReason: string;
  /** Asks the server what approving such a payload would lead to. */
  preview?: AskPreview;
  /** Resolves to what the server found wrong, or null when it is done. */
  onSubmit: (payload: Record<string, unknown>, reason: string) => Promise<ActionFailure | null>;
  onClose: () => void;
}) {
  const { draft, payloadSchema, attributes } = screen;
  const edit = useEdit(screen, initialReason);
  const { reading, changes } = edit;
  const reasonId = useId();
  const [refused, setRefused] = useState<ActionFailure | null>(null);
  const [sending, setSending] = useState(false);
  const outlook = useEditPreview(ask, edit.isRight && changes.length > 0 ? reading.payload : null);
  const { preview } = outlook;
  const found = preview && !preview.valid ? preview.errors : [];
  const errors = { ...byPointer([...(refused?.fields ?? []), ...found]), ...reading.errors };
  const isForbidden = preview?.valid === true && preview.blockedBy.length > 0;
  const mayNot = changes.length === 0 || sending || isForbidden || found.length > 0;
  const submit = async () => {
    if (mayNot) return;
    setSending(true);
    const failure = await onSubmit(reading.payload, edit.reason.trim());
    setSending(false);
    setRefused(failure);
    if (!failure) edit.forget();
  };

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title="Edit, then approve"
      description="The edited payload is judged again, by the same policy and the facts of now."
    >
      <form
        className="flex min-h-0 flex-col"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="grid min-h-32 flex-1 content-start gap-3 overflow-y-auto px-4 py-3 sm:grid-cols-2">
          {edit.isRestored && (
            <p className="flex flex-wrap items-center gap-x-2 rounded-md bg-accent-soft px-3 py-1.5 text-sm sm:col-span-2">
              <History aria-hidden="true" className="size-3.5 shrink-0 text-accent" />
              {edit.hasMoved
                ? "What you typed before is back. The draft has changed since: look at it again."
                : "What you typed before is back."}
              <button
                type="button"
                onClick={() => {
                  setRefused(null);
                  edit.discard();
                }}
                className="font-medium text-accent underline underline-offset-2"
              >
                Discard what I typed
              </button>
            </p>
          )}
          {refused && (
            <p
              role="alert"
              className="foreign rounded-md bg-bad-soft px-3 py-2 text-bad text-sm sm:col-span-2"
            >
              {refused.message}
            </p>
          )}
          <FormFields
            fields={edit.fields}
            values={edit.values}
            context={{ errors, currency: draft.currency }}
            onChange={(values) => {
              setRefused(null);
              edit.change(values);
            }}
          />
          <div className="border-t pt-3 sm:col-span-2">
            <label htmlFor={reasonId} className="mb-1 block font-medium text-sm">
              Why this edit{" "}
              <span className="font-normal text-muted">· optional, the agent learns from it</span>
            </label>
            <TextArea
              id={reasonId}
              rows={2}
              maxLength={5000}
              value={edit.reason}
              onChange={(event) => edit.changeReason(event.target.value)}
              onSubmitKey={() => void submit()}
            />
          </div>
        </div>
        <div className="grid max-h-[28dvh] shrink-0 gap-x-6 gap-y-1.5 overflow-y-auto border-t bg-sunken px-4 py-2 sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
          <section aria-label="You change" className="min-w-0">
            <h3 className="mb-0.5 font-semibold text-xs">You change</h3>
            {changes.length > 0 ? (
              <FieldChanges
                changes={changes}
                context={{
                  schema: payloadSchema,
                  currency: draft.currency,
                  amountFrom: amountPointer(attributes, payloadSchema),
                }}
              />
            ) : (
              <p className="text-muted text-xs">
                {edit.isRight ? "Nothing yet." : "Something is not right yet; see beside the fields."}
              </p>
            )}
          </section>
          <section aria-label="What it leads to" className="order-first min-w-0 sm:order-none">
            <h3 className="mb-0.5 font-semibold text-xs">What it leads to</h3>
            <EditEffect state={outlook} />
          </section>
        </div>
        <div className="flex items-center justify-end gap-2 border-t px-4 py-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))]">
          <span className="mr-auto hidden text-muted text-xs pointer-fine:inline">
            Kept in this tab until sent
          </span>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" disabled={mayNot}>
            {sending
              ? "Sending…"
              : preview?.valid && preview.movesOn
                ? "Approve and send it on"
                : "Approve the edit"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The server's findings by control; it may name them from the request's root. */
const byPointer = (fields: FieldError[]): Record<string, string> =>
  Object.fromEntries(
    fields.map(({ path, message }) => [path.replace(/^\/payload(?=\/)/, ""), sentence(message)]),
  );

const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
