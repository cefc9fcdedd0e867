"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** Asks once more before something that stops people or keys, and says what follows. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  children,
  confirm,
  look = "danger_solid",
  busy,
  onConfirm,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  confirm: string;
  look?: ButtonProps["look"];
  busy: boolean;
  onConfirm: () => void;
}) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={title}>
      <div className="overflow-y-auto px-4 py-3 text-sm">{children}</div>
      <div className="flex justify-end gap-2 border-t px-4 py-3">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look={look} disabled={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
