import { classNames } from "./class-names";

/** A key, as it stands on a button. Hidden from screen readers, which get aria-keyshortcuts, and on touch screens. */
export function Kbd({ children, onSolid = false }: { children: string; onSolid?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "hidden min-w-5 items-center justify-center rounded border px-1 font-sans text-2xs leading-4 pointer-fine:inline-flex",
        onSolid ? "border-current/40 text-current" : "border-line bg-sunken text-muted",
      )}
    >
      {children}
    </span>
  );
}
