import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { Mark } from "@/components/ui/mark";
import { ConnectionBadge } from "./connection-badge";
import { KeysButton } from "./keys-button";
import { PaletteButton } from "./palette-button";
import { ShellMenu } from "./shell-menu";
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
  /** What they were told; nothing for somebody without a role. */
  bell: ReactNode;
  children: ReactNode;
}) {
  const roles = person.roles.join(", ") || "no role";
  const who = (
    <>
      {person.name} <span className="text-muted">· {roles}</span>
    </>
  );
  return (
    <header className="sticky top-0 z-20 flex print:hidden h-12 items-center gap-1 border-b bg-surface px-2 sm:gap-2 sm:px-3 lg:gap-3">
      <a
        href="#main"
        className="sr-only rounded bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:z-30 focus:outline-2"
      >
        Skip to content
      </a>
      <Link href="/inbox" className="flex items-center gap-2 rounded font-semibold tracking-tight">
        <Mark />
        <span className="sr-only lg:not-sr-only">Countersign</span>
      </Link>
      {children}
      <div className="ml-auto flex min-w-0 items-center sm:gap-1">
        <PaletteButton />
        {demo && (
          <span className="mx-1 hidden rounded bg-warn-soft px-1.5 py-0.5 font-medium text-warn text-xs lg:inline">
            Demo
          </span>
        )}
        {bell ? (
          <Link
            href="/me"
            title={`Signed in as ${person.name} (${roles}). Your figures and notifications`}
            className="hidden h-8 min-w-0 items-center rounded-md px-2 text-sm hover:bg-hover md:flex"
          >
            <span className="truncate">{who}</span>
          </Link>
        ) : (
          <span className="hidden min-w-0 truncate px-2 text-sm md:block">{who}</span>
        )}
        {bell}
        <KeysButton />
        <ThemeSwitch initial={theme} />
        <SignOutButton />
        <ShellMenu who={`${person.name} · ${roles}`} />
      </div>
      <Suspense>
        <ConnectionBadge />
      </Suspense>
    </header>
  );
}
