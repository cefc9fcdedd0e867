"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { classNames } from "./class-names";

export interface SidePage {
  href: string;
  label: string;
}

/** The pages of one part of the product: beside the page, or above it on a phone. */
export function SideNav({ label, pages }: { label: string; pages: readonly SidePage[] }) {
  const path = usePathname();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row is wider than the screen: where one is must be in sight.
    if (path)
      nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [path]);
  const current = pages
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .reduce<SidePage | null>(
      (best, page) => (best && best.href.length > page.href.length ? best : page),
      null,
    );
  return (
    <nav
      ref={nav}
      aria-label={label}
      className="sticky top-12 z-10 flex print:hidden shrink-0 gap-0.5 overflow-x-auto border-b bg-page px-3 py-1.5 md:top-12 md:h-[calc(100dvh-3rem)] md:w-48 md:flex-col md:overflow-y-auto md:border-r md:border-b-0 md:px-2 md:py-3"
    >
      {pages.map((page) => (
        <Link
          key={page.href}
          href={page.href}
          aria-current={page === current ? "page" : undefined}
          className={classNames(
            "flex min-h-8 items-center rounded-md px-2.5 font-medium text-sm whitespace-nowrap",
            page === current ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          {page.label}
        </Link>
      ))}
    </nav>
  );
}
