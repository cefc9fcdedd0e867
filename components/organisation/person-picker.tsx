"use client";

import { useEffect, useState } from "react";
import { Combobox, type ComboboxControl } from "@/components/ui/combobox";
import type { Role } from "@/lib/context";
import type { PersonChoice } from "@/lib/directory/find-people";
import { usePeopleSearch } from "./people-search";

const WAIT_MS = 120;

interface Props extends ComboboxControl {
  value: { id: string; name: string } | null;
  onChange: (person: { id: string; name: string } | null) => void;
  /** Offers only people with this role. */
  withRole?: Role;
  /** People who are chosen elsewhere already. */
  exclude?: readonly string[];
  placeholder?: string;
}

/** Chooses one person by typing part of their name: the server is asked as one types. */
export function PersonPicker({
  value,
  onChange,
  withRole,
  exclude = [],
  placeholder = "Type a name",
  ...control
}: Props) {
  const [query, setQuery] = useState<string | null>(null);
  const [found, setFound] = useState<PersonChoice[] | null>(null);
  const [failed, setFailed] = useState(false);
  const searchPeople = usePeopleSearch();

  useEffect(() => {
    if (query === null) return;
    let current = true;
    const timer = setTimeout(async () => {
      const result = await searchPeople({ query, role: withRole }).catch(() => null);
      if (!current) return;
      setFailed(!result?.ok);
      setFound(result?.ok ? result.data : []);
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query, withRole, searchPeople]);

  return (
    <Combobox
      {...control}
      text={value?.name ?? ""}
      query={query}
      onQuery={setQuery}
      choices={(found ?? []).filter(({ id }) => !exclude.includes(id))}
      keyOf={({ id }) => id}
      render={({ name, department, roles }) => (
        <>
          <span className="font-medium">{name}</span>
          <span className="text-muted text-xs">
            {[department, roles.join(", ") || "no role"].filter(Boolean).join(" · ")}
          </span>
        </>
      )}
      onChoose={({ id, name }) => onChange({ id, name })}
      onClear={() => onChange(null)}
      listLabel="People"
      placeholder={placeholder}
      none={
        failed
          ? "People could not be read. Type again to retry."
          : found === null
            ? "Looking…"
            : "Nobody matches."
      }
    />
  );
}
