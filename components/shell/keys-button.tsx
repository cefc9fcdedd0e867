"use client";

import { Keyboard } from "lucide-react";
import { useShell } from "./shell-provider";

/** Shows the keys, where there are any. */
export function KeysButton() {
  const { show } = useShell();
  return (
    <button
      type="button"
      onClick={() => show("keys")}
      title="Keys (?)"
      aria-label="Keyboard keys"
      className="hidden size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink sm:pointer-fine:inline-flex"
    >
      <Keyboard aria-hidden="true" className="size-4" />
    </button>
  );
}
