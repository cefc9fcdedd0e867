import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

/** One page of the organisation: what it is about, what can be done, then the thing itself. */
export function PageFrame({
  title,
  description,
  back,
  marks,
  actions,
  children,
}: {
  title: string;
  description?: ReactNode;
  /** The list that this is one of. */
  back?: { href: string; label: string };
  /** What stands out about it, beside its title. */
  marks?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto max-w-6xl px-4 py-4 sm:px-6">
      <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 max-w-2xl">
          {back && (
            <Link
              href={back.href}
              className="mb-0.5 -ml-0.5 inline-flex items-center gap-0.5 text-muted text-xs hover:text-ink"
            >
              <ChevronLeft aria-hidden="true" className="size-3" />
              {back.label}
            </Link>
          )}
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <h1 className="min-w-0 break-words font-semibold text-lg tracking-tight">{title}</h1>
            {marks}
          </div>
          {description && <p className="mt-0.5 text-muted text-sm">{description}</p>}
        </div>
        {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** What a list says when there is nothing in it: what it would hold, and how to begin. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="rounded-lg border border-dashed bg-surface px-4 py-10 text-center">
      <p className="font-medium">{title}</p>
      {children && <div className="mx-auto mt-1 max-w-md text-muted text-sm">{children}</div>}
    </div>
  );
}
