"use client";

import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import { useRef } from "react";

const STEP =
  "inline-flex size-6 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink disabled:opacity-40";

/** Looks for words in what is below; Enter goes to the next place, Shift+Enter to the one before, Esc empties it. */
export function FindField({
  label,
  value,
  count,
  current,
  onChange,
  onStep,
}: {
  label: string;
  value: string;
  /** How many places are on the screen, and which of them is looked at, from 1. */
  count: number;
  current: number;
  onChange: (value: string) => void;
  onStep: (by: 1 | -1) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="mb-1.5 flex items-center gap-1 rounded-md border border-strong-line bg-surface pl-2 focus-within:outline-2 focus-within:outline-accent">
      <Search aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
      <input
        ref={input}
        type="text"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            onStep(event.shiftKey ? -1 : 1);
          } else if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            if (value === "") input.current?.blur();
            else onChange("");
          }
        }}
        className="h-7 min-w-0 flex-1 bg-transparent text-[1rem] outline-none placeholder:text-muted sm:text-xs"
      />
      <span role="status" className="tabular shrink-0 text-muted text-xs">
        {value !== "" && (count === 0 ? "not found" : `${current} of ${count}`)}
      </span>
      {value !== "" && (
        <span className="flex shrink-0">
          <button
            type="button"
            aria-label="Previous place"
            title="Shift+Enter"
            disabled={count === 0}
            className={STEP}
            onClick={() => onStep(-1)}
          >
            <ChevronUp aria-hidden="true" className="size-3.5" />
          </button>
          <button
            type="button"
            aria-label="Next place"
            title="Enter"
            disabled={count === 0}
            className={STEP}
            onClick={() => onStep(1)}
          >
            <ChevronDown aria-hidden="true" className="size-3.5" />
          </button>
          <button type="button" aria-label="Stop looking" className={STEP} onClick={() => onChange("")}>
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </span>
      )}
    </div>
  );
}
