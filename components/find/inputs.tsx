"use client";

import { useEffect, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Field, Input } from "@/components/ui/field";
import { isCalendarDay, MOST_AMOUNT } from "@/lib/drafts/filter-limits";

const TYPED_WAIT_MS = 250;
/** Lists longer than this can be searched. */
const LONG_LIST = 8;

/** "1,200.50" as a number; undefined for nothing, and for what is no amount. */
export function numberOf(typed: string): number | undefined {
  const plain = typed.replace(/,(?=\d{3}(?!\d))/g, "").trim();
  return /^-?\d+(\.\d*)?$/.test(plain) && Math.abs(Number(plain)) <= MOST_AMOUNT ? Number(plain) : undefined;
}

interface Option<Value> {
  value: Value;
  label: string;
}

/** Any of a list, which can be searched when it is long. */
export function Choices<Value extends string>({
  label,
  options,
  chosen = [],
  onChange,
}: {
  label: string;
  options: Option<Value>[];
  chosen?: Value[];
  onChange: (chosen: Value[] | undefined) => void;
}) {
  const [query, setQuery] = useState("");
  // What an address names and is not on offer can still be taken away.
  const unknown = chosen.filter((value) => !options.some((option) => option.value === value));
  const all = [...options, ...unknown.map((value) => ({ value, label: value as string }))];
  const shown = all.filter((option) => option.label.toLowerCase().includes(query.trim().toLowerCase()));
  const toggle = (value: Value, on: boolean) => {
    const next = on ? [...chosen, value] : chosen.filter((other) => other !== value);
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    <fieldset>
      <legend className="sr-only">{label}</legend>
      {all.length > LONG_LIST && (
        <Input
          type="search"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="mb-1.5"
        />
      )}
      <div className="-mx-1 max-h-64 overflow-y-auto">
        {shown.map(({ value, label: text }) => (
          <Tick
            key={value}
            label={text}
            checked={chosen.includes(value)}
            onChange={(on) => toggle(value, on)}
          />
        ))}
        {shown.length === 0 && <p className="px-1 py-1.5 text-muted text-sm">None matches.</p>}
      </div>
    </fieldset>
  );
}

const OPTION_ROW =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded px-1 text-sm hover:bg-hover has-[:focus-visible]:bg-hover";

export const Tick = ({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (on: boolean) => void;
}) => (
  <label className={OPTION_ROW}>
    <input
      type="checkbox"
      checked={checked}
      onChange={(event) => onChange(event.target.checked)}
      className="size-3.5 shrink-0 accent-accent"
    />
    <span className="min-w-0 truncate">{label}</span>
  </label>
);

/** One of a few. */
export function OneOf<Value extends string | number | boolean | undefined>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: Option<Value>[];
  /** Null when it is none of these. */
  value: Value | null;
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset>
      <legend className="sr-only">{label}</legend>
      <div className="-mx-1">
        {options.map((option) => (
          <label key={option.label} className={OPTION_ROW}>
            <input
              type="radio"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="size-3.5 shrink-0 accent-accent"
            />
            <span className={classNames(option.value === undefined && "text-muted")}>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A field that is typed into: what it says counts once the typing rests, or with Enter. */
export function Typed({
  label,
  hint,
  kind = "text",
  value,
  maxLength,
  onChange,
}: {
  label: string;
  hint?: string;
  kind?: "text" | "number" | "date";
  value: string;
  maxLength?: number;
  onChange: (typed: string) => void;
}) {
  const means = (text: string) => (kind === "number" ? String(numberOf(text) ?? "") : text.trim());
  const [typed, setTyped] = useState(value);
  const [received, setReceived] = useState(value);
  if (value !== received) {
    setReceived(value);
    // What is being typed stays as it is typed: "12." is 12, and about to be 12.5.
    if (means(typed) !== value) setTyped(value);
  }
  const latest = useRef({ onChange, value });
  useEffect(() => {
    latest.current = { onChange, value };
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (text: string) => {
    clearTimeout(timer.current);
    // A year that is half typed is a day long ago.
    if (kind === "date" && text !== "" && !isCalendarDay(text)) return;
    if (means(text) !== latest.current.value) latest.current.onChange(means(text));
  };
  const isNoNumber = kind === "number" && typed.trim() !== "" && numberOf(typed) === undefined;
  return (
    <Field label={label} hint={hint} error={isNoNumber ? "A number, such as 1200.50" : undefined}>
      {(control) => (
        <Input
          {...control}
          type={kind === "date" ? "date" : "text"}
          inputMode={kind === "number" ? "decimal" : undefined}
          autoComplete="off"
          value={typed}
          maxLength={maxLength}
          onChange={(event) => {
            const { value: text } = event.target;
            setTyped(text);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => send(text), TYPED_WAIT_MS);
          }}
          onKeyDown={(event) => event.key === "Enter" && send(typed)}
          onBlur={() => send(typed)}
        />
      )}
    </Field>
  );
}
