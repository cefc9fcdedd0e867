"use client";

import { Check, ListFilter } from "lucide-react";
import { DropdownMenu, Popover } from "radix-ui";
import { useRef, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { FieldEditor } from "./editors";
import { type AllFilters, type FilterField, isOn, type Naming } from "./fields";
import { EditorPopover } from "./filter-chip";

interface MenuProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  fields: FilterField[];
  filters: AllFilters;
  naming: Naming;
  change: (changes: Partial<AllFilters>) => void;
}

/** What can be chosen to narrow by. A choice opens its editor where the menu was. */
export function FilterMenu({ open, onOpenChange, fields, filters, naming, change }: MenuProps) {
  const chosen = useRef<FilterField | null>(null);
  const [editing, setEditing] = useState<FilterField | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Popover.Root open={editing !== null} onOpenChange={(next) => !next && setEditing(null)}>
      <Popover.Anchor asChild>
        <span className="hidden sm:inline-flex">
          <DropdownMenu.Root open={open} onOpenChange={onOpenChange} modal={false}>
            <DropdownMenu.Trigger
              ref={button}
              aria-keyshortcuts="f"
              className="inline-flex h-8 items-center gap-1.5 rounded-md border border-strong-line px-2.5 font-medium text-sm hover:bg-hover data-[state=open]:bg-hover"
            >
              <ListFilter aria-hidden="true" className="size-3.5" />
              Filter
              <Kbd>f</Kbd>
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content
                align="start"
                sideOffset={4}
                collisionPadding={8}
                // A space in what is typed to find an item would scroll the page.
                onKeyDown={(event) => event.key === " " && event.preventDefault()}
                onCloseAutoFocus={(event) => {
                  if (!chosen.current) return;
                  event.preventDefault();
                  setEditing(chosen.current);
                  chosen.current = null;
                }}
                className="z-40 max-h-[var(--radix-dropdown-menu-content-available-height)] w-48 overflow-y-auto rounded-lg border bg-surface p-1 shadow-xl"
              >
                {fields.map((field) => {
                  const on = isOn(field, filters);
                  return (
                    <DropdownMenu.Item
                      key={field.key}
                      onSelect={() => {
                        if (field.isSwitch) change({ [field.filters[0]!]: on ? undefined : true });
                        else chosen.current = field;
                      }}
                      className="flex h-8 cursor-pointer select-none items-center justify-between gap-2 rounded px-2 text-sm outline-none data-[highlighted]:bg-hover"
                    >
                      {field.label}
                      {on && (
                        <>
                          <Check aria-hidden="true" className="size-3.5 text-accent" />
                          <span className="sr-only">(in force)</span>
                        </>
                      )}
                    </DropdownMenu.Item>
                  );
                })}
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
        </span>
      </Popover.Anchor>
      {editing && (
        <EditorPopover label={editing.label} returnTo={button}>
          <FieldEditor field={editing.key} filters={filters} naming={naming} change={change} />
        </EditorPopover>
      )}
    </Popover.Root>
  );
}
