"use client";

import { ChevronLeft, ChevronRight, ChevronsLeft, ChevronsRight } from "lucide-react";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { PAGE_ROWS } from "@/lib/directory/page-rows";

const BUTTON =
  "inline-flex size-8 items-center justify-center rounded-md border border-strong-line bg-surface";

/** Which rows of a long list these are, and the way to the others; nothing when they are all. */
export function Pager({ page, pages, total }: { page: number; pages: number; total: number }) {
  const path = usePathname();
  const params = useSearchParams();
  if (pages <= 1) return null;
  const to = (wanted: number) => {
    const next = new URLSearchParams(params);
    next.set("page", String(wanted));
    return `${path}?${next}`;
  };
  const links = [
    { label: "First page", Icon: ChevronsLeft, wanted: 1, open: page > 1 },
    { label: "Previous page", Icon: ChevronLeft, wanted: page - 1, open: page > 1 },
    { label: "Next page", Icon: ChevronRight, wanted: page + 1, open: page < pages },
    { label: "Last page", Icon: ChevronsRight, wanted: pages, open: page < pages },
  ];
  const first = (page - 1) * PAGE_ROWS + 1;
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-between gap-3">
      <p className="tabular text-muted text-sm">
        {first.toLocaleString("en-US")}–{Math.min(page * PAGE_ROWS, total).toLocaleString("en-US")} of{" "}
        {total.toLocaleString("en-US")}
      </p>
      <div className="flex gap-1">
        {links.map(({ label, Icon, wanted, open }) =>
          open ? (
            <Link
              key={label}
              href={to(wanted)}
              aria-label={label}
              title={label}
              className={`${BUTTON} hover:bg-hover`}
            >
              <Icon aria-hidden="true" className="size-4" />
            </Link>
          ) : (
            <span key={label} aria-hidden="true" className={`${BUTTON} opacity-40`}>
              <Icon className="size-4" />
            </span>
          ),
        )}
      </div>
    </nav>
  );
}
