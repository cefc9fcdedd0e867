"use client";

import { Search } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { Input, Select } from "@/components/ui/field";

const WAIT_MS = 200;

/** One choice that narrows a list: `name` is its parameter in the URL, the option "" leaves it open. */
export interface ListFilter {
  name: string;
  label: string;
  options: { value: string; label: string }[];
}

/** Searches and narrows a list by the page's URL, so that a view can be kept, sent and gone back to. */
export function ListFilters({ searchLabel, filters = [] }: { searchLabel: string; filters?: ListFilter[] }) {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const query = params.get("q") ?? "";
  const [typed, setTyped] = useState(query);
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const show = (name: string, value: string) => {
    const next = new URLSearchParams(window.location.search);
    next.delete("page");
    if (value) next.set(name, value);
    else next.delete(name);
    startTransition(() => router.replace(next.size ? `${path}?${next}` : path, { scroll: false }));
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <search aria-label={searchLabel} aria-busy={isPending} className="mb-3 flex flex-wrap items-center gap-2">
      <div className="relative min-w-0 flex-1 basis-full sm:max-w-xs sm:basis-56">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-3.5 text-muted"
        />
        <Input
          type="search"
          aria-label={searchLabel}
          placeholder={searchLabel}
          value={typed}
          maxLength={200}
          className="pl-8"
          onChange={(event) => {
            const { value } = event.target;
            setTyped(value);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => show("q", value.trim()), WAIT_MS);
          }}
        />
      </div>
      {filters.map(({ name, label, options }) => (
        <Select
          key={name}
          aria-label={label}
          value={params.get(name) ?? ""}
          onChange={(event) => show(name, event.target.value)}
          className="min-w-0 flex-1 sm:w-auto sm:flex-none"
        >
          {options.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
      ))}
    </search>
  );
}
