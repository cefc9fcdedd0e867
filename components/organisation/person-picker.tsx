"use client";

import { X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { FIELD } from "@/components/ui/field-class";
import type { Role } from "@/lib/context";
import type { PersonChoice } from "@/lib/directory/find-people";
import { usePeopleSearch } from "./people-search";

const WAIT_MS = 120;

interface Props {
  /** What the field is for, for screen readers where no visible label is tied to `id`. */
  label?: string;
  id?: string;
  value: { id: string; name: string } | null;
  onChange: (person: { id: string; name: string } | null) => void;
  /** Offers only people with this role. */
  withRole?: Role;
  /** People who are chosen elsewhere already. */
  exclude?: readonly string[];
  placeholder?: string;
  disabled?: boolean;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

/** Chooses one person by typing part of their name: a combobox that searches as one types. */
export function PersonPicker({
  value,
  onChange,
  withRole,
  exclude = [],
  label,
  placeholder,
  ...rest
}: Props) {
  const listId = useId();
  const [query, setQuery] = useState<string | null>(null);
  const [found, setFound] = useState<PersonChoice[]>([]);
  const [failed, setFailed] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const searchPeople = usePeopleSearch();
  const open = query !== null;
  const choices = found.filter(({ id }) => !exclude.includes(id));

  useEffect(() => {
    if (query === null) return;
    let current = true;
    const timer = setTimeout(async () => {
      const result = await searchPeople({ query, role: withRole }).catch(() => null);
      if (!current) return;
      setFailed(!result?.ok);
      setFound(result?.ok ? result.data : []);
      setActive(0);
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query, withRole, searchPeople]);

  const choose = (person: PersonChoice | undefined) => {
    if (!person) return;
    onChange({ id: person.id, name: person.name });
    setQuery(null);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) setQuery("");
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((index) => (choices.length ? (index + step + choices.length) % choices.length : 0));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(choices[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setQuery(null);
    }
  };

  return (
    <div className="relative">
      <input
        ref={input}
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && choices[active] ? `${listId}-${choices[active].id}` : undefined}
        autoComplete="off"
        placeholder={placeholder ?? "Type a name"}
        value={query ?? value?.name ?? ""}
        onFocus={() => setQuery("")}
        onBlur={() => setQuery(null)}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
        className={classNames(FIELD, value && "pr-8")}
        {...rest}
      />
      {value && !open && !rest.disabled && (
        <button
          type="button"
          aria-label={`Remove ${value.name}`}
          onClick={() => {
            onChange(null);
            input.current?.focus();
          }}
          className="absolute inset-y-0 right-1 my-auto inline-flex size-7 items-center justify-center rounded text-muted hover:text-ink"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
      {open && (
        <div
          id={listId}
          role="listbox"
          aria-label={label ?? "People"}
          className="absolute z-30 mt-1 max-h-64 w-full min-w-56 overflow-y-auto rounded-md border bg-surface py-1 shadow-lg"
        >
          {choices.map((person, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys, as the pattern asks
            <div
              key={person.id}
              id={`${listId}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setActive(index)}
              onClick={() => choose(person)}
              className={classNames("cursor-pointer px-2.5 py-1.5 text-sm", index === active && "bg-hover")}
            >
              <span className="font-medium">{person.name}</span>{" "}
              <span className="text-muted text-xs">
                {[person.department, person.roles.join(", ") || "no role"].filter(Boolean).join(" · ")}
              </span>
            </div>
          ))}
          {choices.length === 0 && (
            <p className="px-2.5 py-1.5 text-muted text-sm">
              {failed ? "People could not be read. Type again to retry." : "Nobody matches."}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
