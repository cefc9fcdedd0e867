"use client";

import { X } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { FIELD } from "@/components/ui/field-class";

const MOST = 60;

/** "UTC+05:45" as of now. */
function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    timeZoneName: "longOffset",
  }).formatToParts();
  return (parts.find(({ type }) => type === "timeZoneName")?.value ?? "").replace("GMT", "UTC");
}

const inWords = (zone: string) => zone.toLowerCase().replaceAll(/[_/]/g, " ");

let everyZone: string[] | undefined;
const zones = () => {
  everyZone ??= [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
  return everyZone;
};

interface Props {
  id?: string;
  label?: string;
  /** Empty for none. */
  value: string;
  onChange: (zone: string) => void;
  /** What it means to choose none; one has to be chosen when left out. */
  none?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

/** Chooses a time zone by typing part of its name: a combobox over every zone this browser knows. */
export function ZonePicker({ value, onChange, label, none, ...rest }: Props) {
  const listId = useId();
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const open = query !== null;
  const choices = useMemo(() => {
    if (query === null) return [];
    const words = inWords(query).split(/\s+/).filter(Boolean);
    return zones()
      .filter((zone) => words.every((word) => inWords(zone).includes(word)))
      .slice(0, MOST);
  }, [query]);

  const choose = (zone: string | undefined) => {
    if (zone === undefined) return;
    onChange(zone);
    setQuery(null);
  };
  const move = (step: number) => {
    if (!open) setQuery("");
    setActive((index) => (choices.length ? (index + step + choices.length) % choices.length : 0));
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
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
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && choices[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={(open && value) || none || "Type a city, such as Berlin"}
        value={query ?? value}
        onFocus={() => setQuery("")}
        onBlur={() => setQuery(null)}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className={classNames(FIELD, none !== undefined && value && "pr-8")}
        {...rest}
      />
      {none !== undefined && value && !open && (
        <button
          type="button"
          aria-label={`Remove ${value}`}
          onClick={() => onChange("")}
          className="absolute inset-y-0 right-1 my-auto inline-flex size-7 items-center justify-center rounded text-muted hover:text-ink"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
      <div
        id={listId}
        role="listbox"
        aria-label={label ?? "Time zones"}
        className={classNames(
          "absolute z-30 mt-1 max-h-64 w-full min-w-64 overflow-y-auto rounded-md border bg-surface py-1 shadow-lg",
          !open && "hidden",
        )}
      >
        {choices.map((zone, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys, as the pattern asks
          <div
            key={zone}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => choose(zone)}
            className={classNames(
              "flex cursor-pointer justify-between gap-3 px-2.5 py-1.5 text-sm",
              index === active && "bg-hover",
            )}
          >
            <span>{zone}</span>
            <span className="tabular text-muted text-xs">{offsetOf(zone)}</span>
          </div>
        ))}
        {open && choices.length === 0 && <p className="px-2.5 py-1.5 text-muted text-sm">No zone matches.</p>}
      </div>
    </div>
  );
}
