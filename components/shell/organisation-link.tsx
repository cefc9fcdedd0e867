"use client";

import { Building2 } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";

/** To the pages about people, schedules, rules and policies. */
export function OrganisationLink() {
  const isCurrent = usePathname().startsWith("/organisation");
  return (
    <Link
      href="/organisation"
      aria-current={isCurrent ? "page" : undefined}
      className={classNames(
        "flex h-8 items-center rounded-md px-2.5 font-medium text-sm",
        isCurrent ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      <Building2 aria-hidden="true" className="size-4 sm:hidden" />
      <span className="sr-only sm:not-sr-only">Organisation</span>
    </Link>
  );
}
