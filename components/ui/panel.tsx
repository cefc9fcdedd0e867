import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** A titled part of a screen; its title is its accessible name. */
export function Panel({
  title,
  aside,
  className,
  children,
}: {
  title: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className={classNames("rounded-lg border bg-surface", className)}>
      <header className="flex min-h-8 items-center justify-between gap-3 px-3 pt-1.5">
        <h2 className="shrink-0 font-semibold text-xs">{title}</h2>
        {aside && <div className="min-w-0 truncate text-muted text-xs">{aside}</div>}
      </header>
      <div className="px-3 pb-2.5">{children}</div>
    </section>
  );
}
