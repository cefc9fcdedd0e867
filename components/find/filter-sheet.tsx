"use client";

import { Switch } from "radix-ui";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { HostileText } from "@/components/ui/hostile-text";
import { FieldEditor } from "./editors";
import { type AllFilters, type FilterField, isOn, type Naming } from "./fields";

/** All filters at once, for a phone: those in force are open. What is changed shows behind it at once. */
export function FilterSheet({
  open,
  onOpenChange,
  fields,
  filters,
  naming,
  change,
  clear,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  fields: FilterField[];
  filters: AllFilters;
  naming: Naming;
  change: (changes: Partial<AllFilters>) => void;
  /** Null while there is nothing to clear. */
  clear: (() => void) | null;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Filter">
      <div className="divide-y overflow-y-auto">
        {fields.map((field) =>
          field.isSwitch ? (
            <SwitchRow key={field.key} field={field} filters={filters} change={change} />
          ) : (
            <Section key={field.key} field={field} filters={filters} naming={naming} change={change} />
          ),
        )}
      </div>
      <div className="flex justify-end gap-2 border-t px-4 py-3">
        {clear && (
          <Button look="quiet" onClick={clear}>
            Clear all
          </Button>
        )}
        <Button look="accent" onClick={() => onOpenChange(false)}>
          Show
        </Button>
      </div>
    </Dialog>
  );
}

interface RowProps {
  field: FilterField;
  filters: AllFilters;
  change: (changes: Partial<AllFilters>) => void;
}

function Section({ field, filters, naming, change }: RowProps & { naming: Naming }) {
  const on = isOn(field, filters);
  const [open, setOpen] = useState(on);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex min-h-11 list-none items-center justify-between gap-3 px-4 text-sm">
        <span className="shrink-0 font-medium">{field.label}</span>
        <span className={on ? "min-w-0 truncate font-medium text-accent" : "text-muted"}>
          {on ? <HostileText text={field.words(filters, naming)} oneLine /> : "Any"}
        </span>
      </summary>
      {open && (
        <div className="px-4 pb-3">
          <FieldEditor field={field.key} filters={filters} naming={naming} change={change} />
        </div>
      )}
    </details>
  );
}

function SwitchRow({ field, filters, change }: RowProps) {
  const id = useId();
  return (
    <div className="flex min-h-11 items-center justify-between gap-3 px-4 text-sm">
      <label htmlFor={id} className="font-medium">
        {field.label}
      </label>
      <Switch.Root
        id={id}
        checked={isOn(field, filters)}
        onCheckedChange={(on) => change({ [field.filters[0]!]: on || undefined })}
        className="h-5 w-9 rounded-full bg-strong-line data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-[1.125rem]" />
      </Switch.Root>
    </div>
  );
}
