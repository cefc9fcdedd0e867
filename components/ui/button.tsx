import type { ButtonHTMLAttributes } from "react";
import { classNames } from "./class-names";
import { Kbd } from "./kbd";

const LOOKS = {
  primary: "bg-good-solid text-on-accent hover:brightness-110 border-transparent",
  accent: "bg-accent text-on-accent hover:brightness-110 border-transparent",
  danger: "bg-surface text-bad border-strong-line hover:bg-bad-soft",
  danger_solid: "bg-bad text-on-accent hover:brightness-110 border-transparent",
  plain: "bg-surface text-ink border-strong-line hover:bg-hover",
  quiet: "bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink",
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof LOOKS;
  /** The single key that does the same, shown on the button. */
  hint?: string;
}

export function Button({ look = "plain", hint, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      aria-keyshortcuts={hint}
      className={classNames(
        "inline-flex min-h-9 items-center justify-center gap-2 rounded-md border px-3 font-medium text-sm whitespace-nowrap",
        "disabled:cursor-not-allowed disabled:opacity-50",
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      {children}
      {hint && <Kbd onSolid={look === "primary" || look === "accent"}>{hint}</Kbd>}
    </button>
  );
}
