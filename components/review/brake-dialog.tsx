"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** Asks once more whether somebody approves who has looked for less than the policy asks. */
export function BrakeDialog({
  seconds,
  asked,
  onApprove,
  onClose,
}: {
  seconds: number;
  asked: number;
  onApprove: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Approve so soon?"
      description={`You have had this on the screen for ${seconds} s. Its policy asks for at least ${asked} s before it is approved; the trail will say that you were quicker.`}
    >
      <div className="flex items-center justify-end gap-2 px-4 py-3">
        <Button look="quiet" onClick={onApprove}>
          Approve all the same
        </Button>
        <Button look="accent" autoFocus onClick={onClose}>
          Read on
        </Button>
      </div>
    </Dialog>
  );
}
