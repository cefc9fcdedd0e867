"use client";

import { ListFilter } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useKeys } from "@/components/shell/use-keys";
import type { HistoryFilters } from "@/lib/drafts/history-filters";
import type { InboxFilters } from "@/lib/drafts/inbox-filters";
import type { FilterOptions } from "@/lib/drafts/list-filter-options";
import { type AllFilters, fieldsOf, isOn, type ListName, type Naming, without } from "./fields";
import { FilterChip } from "./filter-chip";
import { FilterMenu } from "./filter-menu";
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
      <div className="flex items-start gap-1.5">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
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
            <ul aria-label="Filters in force" className="hidden sm:contents">
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
        </div>
        {children && <div className="flex shrink-0 items-center gap-1.5">{children}</div>}
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
