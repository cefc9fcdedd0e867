import Link from "next/link";
import type { ReactNode } from "react";

/** A link that looks like the main button of a page. */
export const LinkButton = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link
    href={href}
    className="inline-flex min-h-9 items-center rounded-md bg-accent px-3 font-medium text-on-accent text-sm whitespace-nowrap hover:brightness-110"
  >
    {children}
  </Link>
);
