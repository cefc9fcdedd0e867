"use client";

import { X } from "lucide-react";
import { Popover } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { HostileText } from "@/components/ui/hostile-text";
import { FieldEditor } from "./editors";
import type { AllFilters, FilterField, Naming } from "./fields";

/** One filter in force: what it says opens its editor, the cross removes it. */
export function FilterChip({
  field,
  filters,
  naming,
  change,
  remove,
}: {
  field: FilterField;
  filters: AllFilters;
  naming: Naming;
  change: (changes: Partial<AllFilters>) => void;
  remove: () => void;
}) {
  const words = field.words(filters, naming);
  const said = (
    <>
      <span className="shrink-0 text-muted">{field.label}</span>
      {words && (
        <span className="min-w-0 truncate font-medium">
          <HostileText text={words} oneLine />
        </span>
      )}
    </>
  );
  return (
    <span className="inline-flex h-7 max-w-72 items-center rounded-md border bg-sunken text-xs">
      {field.isSwitch ? (
        <span className="flex min-w-0 items-center gap-1.5 pl-2 font-medium">{field.label}</span>
      ) : (
        <Popover.Root>
          <Popover.Trigger
            title={`${field.label} ${words}`}
            className="flex h-full min-w-0 items-center gap-1.5 rounded-l-md pl-2 hover:underline data-[state=open]:underline"
          >
            {said}
          </Popover.Trigger>
          <EditorPopover label={field.label}>
            <FieldEditor field={field.key} filters={filters} naming={naming} change={change} />
          </EditorPopover>
        </Popover.Root>
      )}
      <button
        type="button"
        aria-label={`Remove the filter ${field.label}`}
        onClick={remove}
        className="inline-flex h-full w-6 shrink-0 items-center justify-center rounded-r-md text-muted hover:text-ink"
      >
        <X aria-hidden="true" className="size-3" />
      </button>
    </span>
  );
}

/** Where a filter is set: focus goes to its first control, Esc closes it and leads back to what opened it. */
export const EditorPopover = ({
  label,
  returnTo,
  children,
}: {
  label: string;
  /** What opened it, if that is not its trigger. */
  returnTo?: RefObject<HTMLElement | null>;
  children: ReactNode;
}) => (
  <Popover.Portal>
    <Popover.Content
      align="start"
      sideOffset={4}
      collisionPadding={8}
      aria-label={label}
      onCloseAutoFocus={(event) => {
        if (!returnTo?.current) return;
        event.preventDefault();
        returnTo.current.focus();
      }}
      className="z-40 w-[19rem] max-w-[calc(100vw-1rem)] rounded-lg border bg-surface p-3 shadow-xl"
    >
      <p aria-hidden="true" className="mb-1.5 font-medium text-muted text-xs">
        {label}
      </p>
      {children}
    </Popover.Content>
  </Popover.Portal>
);
