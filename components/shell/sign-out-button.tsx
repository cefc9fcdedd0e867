"use client";

import { LogOut } from "lucide-react";
import { signOut } from "next-auth/react";

export function SignOutButton() {
  const leave = async () => {
    await signOut({ redirect: false });
    // A full load, so that nothing of this person's screens stays in memory.
    window.location.assign("/sign-in");
  };
  return (
    <button
      type="button"
      onClick={leave}
      title="Sign out"
      aria-label="Sign out"
      className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
    >
      <LogOut aria-hidden="true" className="size-4" />
    </button>
  );
}
