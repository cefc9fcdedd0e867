"use client";

import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { queueOf } from "@/components/workspace/inbox-store";
import type { SavedView } from "@/lib/views/list-views";
import { call } from "./call";
import { boundKeys } from "./key-registry";
import { matchingCommands, paletteCommands } from "./palette-commands";
import { DecidedHit, WaitingHit } from "./palette-hits";
import { useShell } from "./shell-provider";
import { useFoundDrafts } from "./use-found-drafts";
import { useGo } from "./use-go";
import { useSingleKeys } from "./use-single-keys";
import { useTheme } from "./use-theme";

/** Goes anywhere, does what can be done here, and finds drafts: by typing. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const chosen = useRef<(() => void) | null>(null);
  const before = useRef<Element | null>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[#0009]" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            // What was chosen runs once this is gone, as if its key had been pressed on the page.
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
            chosen.current?.();
            chosen.current = null;
          }}
          className="fixed inset-x-2 top-2 z-50 flex max-h-[min(30rem,70dvh)] flex-col overflow-hidden rounded-xl border bg-surface shadow-2xl sm:inset-x-auto sm:top-[12dvh] sm:left-1/2 sm:w-[38rem] sm:-translate-x-1/2"
        >
          <Dialog.Title className="sr-only">Search or jump</Dialog.Title>
          <Choices
            choose={(run) => {
              chosen.current = run;
              onOpenChange(false);
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choices({ choose }: { choose: (run: () => void) => void }) {
  const { rights, theme: painted, show } = useShell();
  const go = useGo();
  const [typed, setTyped] = useState("");
  const [theme, setTheme] = useTheme(painted);
  const singleKeys = useSingleKeys();
  const [bound] = useState(boundKeys);
  const views = useViews(rights.inbox);
  const { found, isLoading } = useFoundDrafts(rights.inbox ? typed : "");
  const showKeys = () => show("keys");
  const groups = matchingCommands(
    paletteCommands({ rights, go, bound, views, theme, setTheme, singleKeys, showKeys }),
    typed,
  );
  const words = typed.trim();
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed anew is read from its beginning
  useEffect(() => {
    // In newer browsers it answers a promise, which an effect must not.
    void list.current?.scrollTo({ top: 0 });
  }, [typed]);

  return (
    <Cmdk
      label="Search or jump"
      shouldFilter={false}
      loop
      vimBindings={false}
      className="flex min-h-0 flex-col"
    >
      <div className="relative border-b">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 left-3.5 my-auto size-4 text-muted"
        />
        <Cmdk.Input
          value={typed}
          onValueChange={setTyped}
          maxLength={200}
          placeholder="Search drafts, or type where to go"
          className="h-12 w-full bg-transparent pr-4 pl-10 text-[1rem] outline-none placeholder:text-muted"
        />
      </div>
      <Cmdk.List ref={list} label="Results" className="min-h-0 overflow-y-auto overscroll-contain p-1.5">
        {groups.map(({ heading, commands }) => (
          <Group key={heading} heading={heading}>
            {commands.map(({ id, label, keys, run }) => (
              <Cmdk.Item key={id} value={id} onSelect={() => choose(run)} className={ITEM}>
                <span className="min-w-0 flex-1 truncate">{label}</span>
                {keys && singleKeys && <Keys>{keys}</Keys>}
              </Cmdk.Item>
            ))}
          </Group>
        ))}
        {found && found.waiting.length > 0 && (
          <Group heading="Waiting for you">
            {found.waiting.map((item) => (
              <Cmdk.Item
                key={item.id}
                value={`waiting ${item.id}`}
                onSelect={() => choose(() => go.toDraft(queueOf(item), item.id))}
                className={ITEM}
              >
                <WaitingHit item={item} words={words} />
              </Cmdk.Item>
            ))}
          </Group>
        )}
        {found && found.decided.length > 0 && (
          <Group heading="Decided">
            {found.decided.map((item) => (
              <Cmdk.Item
                key={item.id}
                value={`decided ${item.id}`}
                onSelect={() => choose(() => go.toPage(`/inbox/${encodeURIComponent(item.id)}?from=history`))}
                className={ITEM}
              >
                <DecidedHit item={item} words={words} />
              </Cmdk.Item>
            ))}
          </Group>
        )}
        {found && words !== "" && (
          <Group heading="All that is found">
            <Cmdk.Item
              value="all waiting"
              onSelect={() => choose(() => go.toPage(`/inbox?${new URLSearchParams({ q: words })}`))}
              className={ITEM}
            >
              <span className="min-w-0 truncate">Look for “{words}” in the inbox</span>
            </Cmdk.Item>
            <Cmdk.Item
              value="all decided"
              onSelect={() => choose(() => go.toPage(`/history?${new URLSearchParams({ q: words })}`))}
              className={ITEM}
            >
              <span className="min-w-0 truncate">Look for “{words}” in the history</span>
            </Cmdk.Item>
          </Group>
        )}
      </Cmdk.List>
      <p role="status" className="flex h-8 shrink-0 items-center border-t px-3.5 text-muted text-xs">
        {isLoading
          ? "Looking for drafts…"
          : found?.failure
            ? found.failure
            : found
              ? foundWords(found.waiting.length + found.decided.length)
              : groups.length === 0
                ? "Nothing is called that."
                : "↑ ↓ to choose, Enter to go, Esc to close"}
      </p>
    </Cmdk>
  );
}

const ITEM =
  "flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-md px-2 py-1 text-sm data-[selected=true]:bg-hover";

const foundWords = (count: number) =>
  count === 0 ? "No draft has that." : count === 1 ? "1 draft found." : `${count} drafts found.`;

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Cmdk.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Cmdk.Group>
  );
}

const Keys = ({ children }: { children: string }) => (
  <span aria-hidden="true" className="hidden shrink-0 font-mono text-2xs text-muted pointer-fine:inline">
    {children}
  </span>
);

/** The person's saved views, read when the palette opens. */
function useViews(isWanted: boolean): SavedView[] {
  const [views, setViews] = useState<SavedView[]>([]);
  useEffect(() => {
    if (!isWanted) return;
    void call<SavedView[]>("/console/views").then((answer) => answer.ok && setViews(answer.data));
  }, [isWanted]);
  return views;
}
