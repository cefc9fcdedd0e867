"use client";

import { useState } from "react";
import type { ServerAction } from "@/components/organisation/server-action";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import type { restoreExample } from "@/lib/examples/restore-example";
import type { withdrawExample } from "@/lib/examples/withdraw-example";

/** Takes an example out of prompts, with a reason, or puts it back. */
export function ExampleActions({
  exampleId,
  withdrawn,
  withdraw,
  restore,
}: {
  exampleId: string;
  withdrawn: boolean;
  withdraw: ServerAction<typeof withdrawExample>;
  restore: ServerAction<typeof restoreExample>;
}) {
  const { save, saving, errors, clearErrors } = useSave();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  if (withdrawn) {
    return (
      <Button
        disabled={saving}
        onClick={() => void save(() => restore({ exampleId }), "Put back: prompts may use it again")}
      >
        Put back
      </Button>
    );
  }
  const submit = async () => {
    if (saving) return;
    const done = await save(() => withdraw({ exampleId, reason }), "Withdrawn from prompts");
    if (!done) return;
    setOpen(false);
    setReason("");
  };
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        Withdraw
      </Button>
      <Dialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          if (!next) clearErrors();
        }}
        title="Withdraw this example"
        description="From now on no prompt and no search for similar decisions uses it. It stays in the library and can be put back; the decision itself is untouched."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <div className="px-4 py-3">
            <Field label="Why should it not teach?" error={errors["/reason"]}>
              {(control) => (
                <TextArea
                  {...control}
                  rows={3}
                  maxLength={2000}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                  onSubmitKey={() => void submit()}
                />
              )}
            </Field>
          </div>
          <div className="flex justify-end gap-2 border-t px-4 py-3">
            <Button look="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button look="danger_solid" type="submit" disabled={saving || reason.trim() === ""}>
              Withdraw
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
