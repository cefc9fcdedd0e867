import Link from "next/link";
import type { ReactNode } from "react";
import { Mark } from "@/components/ui/mark";
import { KeyHelp } from "./key-help";
import { SignOutButton } from "./sign-out-button";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";

/** Product, where to go, and who is signed in. */
export function TopBar({
  person,
  demo,
  theme,
  bell,
  children,
}: {
  person: { name: string; roles: string[] };
  demo: boolean;
  theme: Theme;
  /** What they were told. */
  bell: ReactNode;
  children: ReactNode;
}) {
  const roles = person.roles.join(", ") || "no role";
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-1 border-b bg-surface px-2 sm:gap-4 sm:px-3">
      <a
        href="#main"
        className="sr-only rounded bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:z-30 focus:outline-2"
      >
        Skip to content
      </a>
      <Link href="/inbox" className="flex items-center gap-2 rounded font-semibold tracking-tight">
        <Mark />
        <span className="hidden sm:inline">Countersign</span>
      </Link>
      {children}
      <div className="ml-auto flex min-w-0 items-center sm:gap-1">
        {demo && (
          <span className="mr-1 hidden rounded bg-warn-soft px-1.5 py-0.5 font-medium text-warn text-xs md:inline">
            Demo
          </span>
        )}
        <span
          className="hidden min-w-0 truncate text-right text-sm leading-tight sm:mr-1 sm:block"
          title={`Signed in as ${person.name} (${roles})`}
        >
          {person.name} <span className="text-muted">· {roles}</span>
        </span>
        {bell}
        <KeyHelp />
        <ThemeSwitch initial={theme} />
        <SignOutButton />
      </div>
    </header>
  );
}
