"use client";

import { Check, ListFilter } from "lucide-react";
import { DropdownMenu, Popover } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";
import { useKeys } from "@/components/shell/use-keys";
import { Kbd } from "@/components/ui/kbd";
import type { HistoryFilters } from "@/lib/drafts/history-filters";
import type { InboxFilters } from "@/lib/drafts/inbox-filters";
import type { FilterOptions } from "@/lib/drafts/list-filter-options";
import { FieldEditor } from "./editors";
import {
  type AllFilters,
  type FilterField,
  fieldsOf,
  isOn,
  type ListName,
  type Naming,
  without,
} from "./fields";
import { EditorPopover, FilterChip } from "./filter-chip";
import { FilterSheet } from "./filter-sheet";
import { SearchField } from "./search-field";

const DESKTOP = "(min-width: 40rem)";

interface Props<Filters> {
  /** Which filters there are, and what the search says it looks through. */
  list: ListName;
  value: Filters;
  onChange: (filters: Filters) => void;
  options: FilterOptions;
  /** The name of a person by id, for what one person decided. */
  personName?: Naming["personName"];
  /** Parameters of the address that make no sense and were left out. */
  dropped?: readonly string[];
  /** How long a rest in typing lasts before words count; 0 for at once. */
  searchWaitMs?: number;
  busy?: boolean;
  /** At the end of the bar. */
  children?: ReactNode;
}

const LABELS: Record<ListName, string> = { inbox: "Search the queue", history: "Search the history" };

/** Narrows a list: words, and what is chosen from the menu behind `f`, each as a chip that can be changed and removed. */
export function FilterBar<Filters extends InboxFilters | HistoryFilters>({
  list,
  value,
  onChange,
  options,
  personName = () => null,
  dropped = [],
  searchWaitMs = 250,
  busy = false,
  children,
}: Props<Filters>) {
  const [isSheetOpen, setSheetOpen] = useState(false);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const filters: AllFilters = value;
  const [names, setNames] = useState<Record<string, string>>({});
  const naming: Naming = {
    options,
    personName: (id) => personName(id) ?? names[id] ?? null,
    rememberName: (id, name) => setNames((known) => ({ ...known, [id]: name })),
  };
  const fields = fieldsOf(list);
  const active = fields.filter((field) => isOn(field, filters));
  // A list has only filters of its own, so that what comes back is what its address can say.
  const show = (next: AllFilters) => onChange(withoutEmpty(next) as Filters);
  const change = (changes: Partial<AllFilters>) => show({ ...filters, ...changes });
  const clear = () => show({ q: filters.q });
  useKeys({ f: () => (matchMedia(DESKTOP).matches ? setMenuOpen(true) : setSheetOpen(true)) });

  return (
    <search aria-label="Filters" className="sticky top-12 z-10 border-b bg-surface px-3 py-1.5 sm:px-4">
      <div className="flex flex-wrap items-center gap-1.5">
        <SearchField
          label={LABELS[list]}
          value={filters.q ?? ""}
          onChange={(q) => change({ q })}
          waitMs={searchWaitMs}
          busy={busy}
        />
        <FilterMenu
          open={isMenuOpen}
          onOpenChange={setMenuOpen}
          fields={fields}
          filters={filters}
          naming={naming}
          change={change}
        />
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => setSheetOpen(true)}
          className="inline-flex h-8 items-center gap-1.5 rounded-md border border-strong-line px-2.5 font-medium text-sm sm:hidden"
        >
          <ListFilter aria-hidden="true" className="size-3.5" />
          Filter
          {active.length > 0 && (
            <span className="tabular rounded-full bg-accent px-1.5 text-2xs text-on-accent">
              {active.length}
            </span>
          )}
        </button>
        {active.length > 0 && (
          <ul aria-label="Filters in force" className="hidden min-w-0 flex-wrap items-center gap-1.5 sm:flex">
            {active.map((field) => (
              <li key={field.key} className="min-w-0">
                <FilterChip
                  field={field}
                  filters={filters}
                  naming={naming}
                  change={change}
                  remove={() => show(without(field, filters))}
                />
              </li>
            ))}
            {active.length > 1 && (
              <li>
                <button
                  type="button"
                  onClick={clear}
                  className="h-7 rounded px-1.5 text-muted text-xs hover:bg-hover hover:text-ink"
                >
                  Clear
                </button>
              </li>
            )}
          </ul>
        )}
        {children && <div className="ml-auto flex items-center gap-1.5">{children}</div>}
      </div>
      {dropped.length > 0 && (
        <p role="status" className="pt-1.5 text-warn text-xs">
          Left out, because it makes no sense: {dropped.join(", ")}. The rest of the address counts.
        </p>
      )}
      <FilterSheet
        open={isSheetOpen}
        onOpenChange={setSheetOpen}
        fields={fields}
        filters={filters}
        naming={naming}
        change={change}
        clear={active.length > 0 ? clear : null}
      />
    </search>
  );
}

const withoutEmpty = (filters: AllFilters): AllFilters =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined && value !== ""));

interface MenuProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  fields: FilterField[];
  filters: AllFilters;
  naming: Naming;
  change: (changes: Partial<AllFilters>) => void;
}

/** What can be chosen to narrow by. A choice opens its editor where the menu was. */
function FilterMenu({ open, onOpenChange, fields, filters, naming, change }: MenuProps) {
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
