"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { classNames } from "./class-names";
import { FIELD } from "./field-class";

/** What a field's label and hint are tied to: spread from `Field`. */
export interface ComboboxControl {
  id?: string;
  /** What the field is for, for screen readers where no visible label is tied to `id`. */
  label?: string;
  disabled?: boolean;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface Props<Choice> extends ComboboxControl {
  /** The words of what is chosen; empty for nothing. */
  text: string;
  /** What has been typed; null while the list is closed. Kept by the parent, which finds the choices for it. */
  query: string | null;
  onQuery: (query: string | null) => void;
  choices: readonly Choice[];
  keyOf: (choice: Choice) => string;
  render: (choice: Choice) => ReactNode;
  onChoose: (choice: Choice) => void;
  /** Takes the choice back; left out where one has to be chosen. */
  onClear?: () => void;
  /** Names the list where the field has no label of its own. */
  listLabel: string;
  placeholder: string;
  /** What it says without choices. */
  none: string;
}

/** A field to type into, with a list of what matches: arrows move, Enter chooses, Escape closes. */
export function Combobox<Choice>({
  text,
  query,
  onQuery,
  choices,
  keyOf,
  render,
  onChoose,
  onClear,
  label,
  listLabel,
  placeholder,
  none,
  ...control
}: Props<Choice>) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState(0);
  const open = query !== null;
  const active = Math.min(marked, Math.max(0, choices.length - 1));
  const isClearable = onClear !== undefined && text !== "" && !control.disabled;

  useEffect(() => {
    if (open) list.current?.children[active]?.scrollIntoView?.({ block: "nearest" });
  }, [open, active]);

  const ask = (words: string | null) => {
    setMarked(0);
    onQuery(words);
  };
  const choose = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    onChoose(choice);
    ask(null);
  };
  const move = (step: number) => {
    if (!open) ask("");
    else if (choices.length > 0) setMarked((active + step + choices.length) % choices.length);
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
      ask(null);
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
        aria-activedescendant={open && choices[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={(open && text) || placeholder}
        value={query ?? text}
        onFocus={() => ask("")}
        onClick={() => open || ask("")}
        onBlur={() => ask(null)}
        onChange={(event) => ask(event.target.value)}
        onKeyDown={onKeyDown}
        className={classNames(FIELD, isClearable && "pr-8")}
        {...control}
      />
      {isClearable && !open && (
        <button
          type="button"
          aria-label={`Remove ${text}`}
          onClick={() => {
            onClear();
            input.current?.focus();
          }}
          className="absolute inset-y-0 right-1 my-auto inline-flex size-7 items-center justify-center rounded text-muted hover:text-ink"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
      {open && (
        <div className="absolute z-30 mt-1 max-h-64 w-full min-w-64 overflow-y-auto rounded-md border bg-surface py-1 shadow-lg">
          <div ref={list} id={listId} role="listbox" aria-label={label ?? listLabel}>
            {choices.map((choice, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys, as the pattern asks
              <div
                key={keyOf(choice)}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => setMarked(index)}
                onClick={() => choose(choice)}
                className={classNames(
                  "flex cursor-pointer items-baseline justify-between gap-3 px-2.5 py-1.5 text-sm",
                  index === active && "bg-hover",
                )}
              >
                {render(choice)}
              </div>
            ))}
          </div>
          {choices.length === 0 && (
            <p role="status" className="px-2.5 py-1.5 text-muted text-sm">
              {none}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
