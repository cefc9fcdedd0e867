"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { classNames } from "@/components/ui/class-names";

export const ORGANISATION_PAGES: { href: string; label: string }[] = [
  { href: "/organisation/on-call", label: "On call" },
  { href: "/organisation/away", label: "Away" },
  { href: "/organisation/holds", label: "Holds" },
  { href: "/organisation/rules", label: "Approver rules" },
  { href: "/organisation/policies", label: "Policies" },
  { href: "/organisation/people", label: "People" },
  { href: "/organisation/groups", label: "Groups" },
  { href: "/organisation/departments", label: "Departments" },
  { href: "/organisation/agents", label: "Agents and keys" },
  { href: "/organisation/hours", label: "Business hours" },
];

/** The pages about who decides, when, and by which rules: beside the page, or above it on a phone. */
export function OrganisationNav() {
  const path = usePathname();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is wider than the screen: where one is must be in sight.
    if (path)
      nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [path]);
  return (
    <nav
      ref={nav}
      aria-label="Organisation"
      className="sticky top-12 z-10 flex shrink-0 gap-0.5 overflow-x-auto border-b bg-page px-3 py-1.5 md:top-12 md:h-[calc(100dvh-3rem)] md:w-48 md:flex-col md:overflow-y-auto md:border-r md:border-b-0 md:px-2 md:py-3"
    >
      {ORGANISATION_PAGES.map(({ href, label }) => {
        const isCurrent = path === href || path.startsWith(`${href}/`);
        return (
          <Link
            key={href}
            href={href}
            aria-current={isCurrent ? "page" : undefined}
            className={classNames(
              "flex min-h-8 items-center rounded-md px-2.5 font-medium text-sm whitespace-nowrap",
              isCurrent ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
