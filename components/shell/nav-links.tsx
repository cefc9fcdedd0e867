"use client";

import { Building2, ChartSpline, History, PenLine } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";
import { useShell } from "./shell-provider";

const LINKS = [
  { href: "/history", label: "History", Icon: History, right: "inbox" },
  { href: "/requests", label: "Ask", Icon: PenLine, right: "requests" },
  { href: "/insights", label: "Insights", Icon: ChartSpline, right: "insights" },
  { href: "/organisation", label: "Organisation", Icon: Building2, right: "organisation" },
] as const;

/** What is decided, asking for a draft, how it goes, and the pages about people, schedules, rules and policies. On a phone a sign stands for the first, and the menu has the others. */
export function NavLinks() {
  const path = usePathname();
  const { rights } = useShell();
  return (
    <nav aria-label="More" className="flex items-center sm:gap-1">
      {LINKS.filter(({ right }) => rights[right]).map(({ href, label, Icon, right }) => {
        const isCurrent = path.startsWith(href);
        // On a tablet there is no room for every word.
        const isSign = right === "requests";
        return (
          <Link
            key={href}
            href={href}
            title={label}
            aria-current={isCurrent ? "page" : undefined}
            className={classNames(
              right === "inbox" ? "flex" : "hidden md:flex",
              "h-8 items-center rounded-md px-1.5 font-medium text-sm sm:px-2.5",
              isCurrent ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
            )}
          >
            <Icon aria-hidden="true" className={classNames("size-4", isSign ? "lg:hidden" : "md:hidden")} />
            <span className={classNames("sr-only", isSign ? "lg:not-sr-only" : "md:not-sr-only")}>
              {label}
            </span>
          </Link>
        );
      })}
    </nav>
  );
}
