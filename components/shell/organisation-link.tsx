"use client";

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
      Organisation
    </Link>
  );
}
