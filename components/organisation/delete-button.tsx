"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/adapters/action";
import { ConfirmDialog } from "./confirm-dialog";
import { useSave } from "./use-save";

/** Deletes something after asking once more, then goes back to its list. Says why where it cannot be. */
export function DeleteButton({
  name,
  blockedBecause,
  list,
  remove,
}: {
  name: string;
  /** What keeps it, as a sentence; null when nothing does. */
  blockedBecause: string | null;
  list: string;
  remove: () => Promise<ActionResult<void>>;
}) {
  const router = useRouter();
  const { save, saving } = useSave();
  const [asking, setAsking] = useState(false);
  const confirm = async () => {
    const answer = await save(remove, `${name} is deleted`);
    setAsking(false);
    if (answer !== null) router.push(list);
  };
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        Delete
      </Button>
      {blockedBecause === null ? (
        <ConfirmDialog
          open={asking}
          onClose={() => setAsking(false)}
          title={`Delete ${name}?`}
          confirm="Delete"
          busy={saving}
          onConfirm={confirm}
        >
          Nothing refers to it. The trail keeps what it was.
        </ConfirmDialog>
      ) : (
        <ConfirmDialog
          open={asking}
          onClose={() => setAsking(false)}
          title={`${name} cannot be deleted yet`}
          confirm="Close"
          look="plain"
          busy={false}
          onConfirm={() => setAsking(false)}
        >
          {blockedBecause}
        </ConfirmDialog>
      )}
    </>
  );
}
