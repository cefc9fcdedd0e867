"use client";

import { Search } from "lucide-react";
import { useShell } from "./shell-provider";
import { useCommandKey } from "./use-command-key";

/** Opens the command palette, and says by which key; on a phone the menu has it. */
export function PaletteButton() {
  const { show } = useShell();
  const command = useCommandKey();
  return (
    <button
      type="button"
      onClick={() => show("palette")}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      className="hidden h-8 items-center gap-2 rounded-md text-muted text-sm hover:bg-hover hover:text-ink shrink-0 whitespace-nowrap px-2 md:inline-flex lg:border lg:bg-sunken"
    >
      <Search aria-hidden="true" className="size-3.5" />
      <span className="sr-only lg:not-sr-only">Search or jump…</span>
      <span aria-hidden="true" className="hidden min-w-10 text-right text-2xs xl:inline">
        {command}K
      </span>
    </button>
  );
}
