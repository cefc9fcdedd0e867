"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { isAppleBrowser } from "./command-key";
import { KeyHelp } from "./key-help";
import { Palette } from "./palette";
import type { Theme } from "./theme";
import { useGo } from "./use-go";
import { useGoKeys } from "./use-go-keys";
import { useKeys } from "./use-keys";

/** What the signed-in person may see, as far as it decides where they can go. */
export interface ShellRights {
  inbox: boolean;
  insights: boolean;
  organisation: boolean;
  requests: boolean;
}

type Shown = "palette" | "keys" | null;

interface Shell {
  show: (what: Shown) => void;
  rights: ShellRights;
  theme: Theme;
}

const ShellContext = createContext<Shell | null>(null);

/** What every page has around it: the command palette, the list of keys, and who may go where. */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error("useShell is used outside ShellProvider");
  return shell;
}

/** Keeps the palette and the list of keys, and the keys that work everywhere: Ctrl+K, `?` and those after `g`. */
export function ShellProvider({
  rights,
  theme,
  children,
}: {
  rights: ShellRights;
  theme: Theme;
  children: ReactNode;
}) {
  const [shown, setShown] = useState<Shown>(null);
  const show = useCallback((what: Shown) => setShown(what), []);
  const { toQueue, toPage } = useGo();
  useKeys({ "?": () => setShown("keys") });
  useGoKeys({
    ...(rights.inbox
      ? {
          i: () => toQueue("batch"),
          n: () => toQueue("named"),
          a: () => toQueue("after"),
          b: () => toPage("/inbox/batch"),
          h: () => toPage("/history"),
          m: () => toPage("/me"),
        }
      : {}),
    ...(rights.requests ? { d: () => toPage("/requests") } : {}),
    ...(rights.insights ? { s: () => toPage("/insights") } : {}),
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isAsked = isAppleBrowser() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (!isAsked || event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setShown((now) => {
        if (now === "palette") return null;
        // Not over another dialog: what is typed there stays in sight.
        return document.querySelector("[role='dialog'], [role='alertdialog']") && now === null
          ? null
          : "palette";
      });
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  const shell = useMemo(() => ({ show, rights, theme }), [show, rights, theme]);
  return (
    <ShellContext.Provider value={shell}>
      {children}
      <KeyHelp open={shown === "keys"} onOpenChange={(open) => setShown(open ? "keys" : null)} />
      <Palette open={shown === "palette"} onOpenChange={(open) => setShown(open ? "palette" : null)} />
    </ShellContext.Provider>
  );
}
