import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

const LOOKS = {
  accent: "border-transparent bg-accent text-on-accent hover:brightness-110",
  plain: "border-strong-line bg-surface text-ink hover:bg-hover",
};

/** A link that looks like the button beside it. */
export function LinkButton({
  href,
  look = "plain",
  label,
  children,
}: {
  href: string;
  look?: keyof typeof LOOKS;
  label?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={href}
      aria-label={label}
      className={classNames(
        "inline-flex min-h-9 items-center justify-center gap-2 rounded-md border px-3 font-medium text-sm whitespace-nowrap",
        LOOKS[look],
      )}
    >
      {children}
    </Link>
  );
}
