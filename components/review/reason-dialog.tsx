"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { HostileText } from "@/components/ui/hostile-text";
import { TextArea } from "@/components/ui/text-area";

const WORDS = {
  reject: {
    title: "Reject this draft",
    description: "Nothing will be executed. The agent and later approvers learn from your reason.",
    label: "Reason",
    submit: "Reject",
    look: "danger_solid" as const,
  },
  request_changes: {
    title: "Ask for changes",
    description: "The agent gets your comment and may send a revised draft.",
    label: "What should change",
    submit: "Ask for changes",
    look: "accent" as const,
  },
  overturn: {
    title: "Overturn what ran by itself",
    description:
      "It has been executed, and stays so. Its rule is held back to review from now on, with your reason.",
    label: "Reason",
    submit: "Overturn and hold back",
    look: "danger_solid" as const,
  },
};

/** Asks for the reason that a rejection or a request for changes needs. Ctrl+Enter sends. */
export function ReasonDialog({
  verdict,
  initialReason,
  fields = [],
  onType,
  onSubmit,
  onClose,
}: {
  verdict: keyof typeof WORDS;
  initialReason: string;
  /** What of the payload may be asked to change. */
  fields?: { path: string; label: string }[];
  /** Called with what has been typed so far, for keeping it. */
  onType: (reason: string) => void;
  onSubmit: (reason: string, fields: string[]) => void;
  onClose: () => void;
}) {
  const words = WORDS[verdict];
  const id = useId();
  const [reason, setReason] = useState(initialReason);
  const [asked, setAsked] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const isMissing = asked && reason.trim() === "";
  const submit = () => {
    setAsked(true);
    if (reason.trim()) onSubmit(reason.trim(), [...chosen]);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      description={words.description}
    >
      <form
        className="flex flex-col gap-3 px-4 py-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing)
            return;
          event.preventDefault();
          submit();
        }}
      >
        <div>
          <label htmlFor={id} className="mb-1 block font-medium text-sm">
            {words.label}
          </label>
          <TextArea
            id={id}
            autoFocus
            rows={4}
            maxLength={5000}
            value={reason}
            aria-invalid={isMissing}
            aria-describedby={isMissing ? `${id}-error` : undefined}
            onChange={(event) => {
              setReason(event.target.value);
              onType(event.target.value);
            }}
          />
          {isMissing && (
            <p id={`${id}-error`} role="alert" className="mt-1 text-bad text-xs">
              Say why in a few words.
            </p>
          )}
        </div>
        {fields.length > 0 && (
          <fieldset>
            <legend className="mb-1 font-medium text-sm">
              Which fields{" "}
              <span className="font-normal text-muted">· optional, the agent gets their names</span>
            </legend>
            <div className="flex flex-wrap gap-1.5">
              {fields.map(({ path, label }) => (
                <label
                  key={path}
                  className="inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-md border border-strong-line px-2 text-sm hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft"
                >
                  <input
                    type="checkbox"
                    className="accent-accent"
                    checked={chosen.includes(path)}
                    onChange={({ target }) =>
                      setChosen((before) =>
                        target.checked ? [...before, path] : before.filter((other) => other !== path),
                      )
                    }
                  />
                  <HostileText text={label} />
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <div className="flex items-center justify-end gap-2">
          <span className="mr-auto hidden text-muted text-xs pointer-fine:inline">Ctrl+Enter sends</span>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look={words.look}>
            {words.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
