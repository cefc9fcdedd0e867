"use client";

import { LogOut } from "lucide-react";
import { leave } from "./leave";

/** On a phone the menu has it. */
export function SignOutButton() {
  return (
    <button
      type="button"
      onClick={leave}
      title="Sign out"
      aria-label="Sign out"
      className="hidden size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink md:inline-flex"
    >
      <LogOut aria-hidden="true" className="size-4" />
    </button>
  );
}
