"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useKeys } from "@/components/shell/use-keys";
import { classNames } from "@/components/ui/class-names";
import { FIELD } from "@/components/ui/field-class";
import { Kbd } from "@/components/ui/kbd";
import { MOST_SEARCHED } from "@/lib/drafts/filter-limits";

/**
 * Words to look for: `/` goes there, Enter and Esc leave, Esc once more clears. What is typed counts after `waitMs` of
 * rest; 0 for at once.
 */
export function SearchField({
  label,
  value,
  onChange,
  waitMs,
  busy,
}: {
  label: string;
  value: string;
  onChange: (typed: string) => void;
  waitMs: number;
  busy?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const [typed, setTyped] = useState(value);
  const [received, setReceived] = useState(value);
  if (value !== received) {
    setReceived(value);
    // An address that was gone back to; not the answer to what was typed before what is typed now.
    if (typeof document === "undefined" || document.activeElement !== input.current) setTyped(value);
  }
  const send = (text: string) => {
    clearTimeout(timer.current);
    if (text.trim() !== value) onChange(text.trim());
  };
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    if (waitMs === 0) send(text);
    else timer.current = setTimeout(() => send(text), waitMs);
  };
  const clear = () => type("");
  useKeys({ "/": () => input.current?.select(), ...(typed ? { Escape: clear } : {}) });
  return (
    <div className="relative min-w-0 flex-1 sm:w-72 sm:flex-none">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-3.5 text-muted"
      />
      <input
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        aria-busy={busy}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        maxLength={MOST_SEARCHED}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "Escape") return;
          if (event.nativeEvent.isComposing) return;
          // Browsers empty a search field on Esc: that is for the second one.
          event.preventDefault();
          send(typed);
          event.currentTarget.blur();
        }}
        className={classNames(FIELD, "h-8 py-0 pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden")}
      />
      {!typed && (
        <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center">
          <Kbd>/</Kbd>
        </span>
      )}
    </div>
  );
}
