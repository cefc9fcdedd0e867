import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

const LOOKS = {
  plain: "bg-sunken text-muted border",
  accent: "bg-accent-soft text-accent",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
};

/** A word or two that marks a row. */
export const Chip = ({
  look = "plain",
  title,
  children,
}: {
  look?: keyof typeof LOOKS;
  title?: string;
  children: ReactNode;
}) => (
  <span
    title={title}
    className={classNames(
      "inline-flex items-center gap-1 rounded px-1.5 font-medium text-2xs leading-[1.125rem] whitespace-nowrap",
      LOOKS[look],
    )}
  >
    {children}
  </span>
);

/** The roles of a person, the one that changes everything set off. */
export const RoleChips = ({ roles }: { roles: readonly string[] }) => (
  <span className="inline-flex flex-wrap gap-1">
    {roles.length === 0 && <span className="text-muted text-xs">no role</span>}
    {roles.map((role) => (
      <Chip key={role} look={role === "admin" ? "accent" : "plain"}>
        {role}
      </Chip>
    ))}
  </span>
);
