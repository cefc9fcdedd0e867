import type { ReactNode } from "react";

/** A part that scrolls by itself; it can be focused, so that the keyboard can scroll it too. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string;
  className: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll what overflows
    <section aria-label={label} tabIndex={0} className={className}>
      {children}
    </section>
  );
}
