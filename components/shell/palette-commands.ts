import { INSIGHTS_PAGES } from "@/components/insights/insights-nav";
import { ORGANISATION_PAGES } from "@/components/organisation/organisation-nav";
import type { SavedView } from "@/lib/views/list-views";
import type { BoundKey } from "./key-registry";
import { leave } from "./leave";
import type { ShellRights } from "./shell-provider";
import { writeSingleKeys } from "./single-keys";
import { THEMES, type Theme } from "./theme";
import type { useGo } from "./use-go";

/** Something the palette offers to do. */
export interface Command {
  /** Unique among all commands. */
  id: string;
  label: string;
  /** What else people may type for it. */
  words?: string;
  /** The keys that do the same. */
  keys?: string;
  run: () => void;
}

export interface CommandGroup {
  heading: string;
  commands: Command[];
}

interface Around {
  rights: ShellRights;
  go: ReturnType<typeof useGo>;
  bound: BoundKey[];
  views: SavedView[];
  theme: Theme;
  setTheme: (theme: Theme) => void;
  singleKeys: boolean;
  showKeys: () => void;
}

/** All there is to do from here, before anything is typed. */
export function paletteCommands(around: Around): CommandGroup[] {
  return [
    { heading: "Here", commands: around.bound.map(ofKey) },
    { heading: "Go to", commands: places(around) },
    { heading: "Saved views", commands: around.views.map((view) => ofView(view, around.go)) },
    { heading: "This browser", commands: settings(around) },
  ].filter(({ commands }) => commands.length > 0);
}

const ofKey = ({ key, label, run }: BoundKey): Command => ({ id: `key ${key}`, label, keys: key, run });

const ofView = ({ id, name, path }: SavedView, go: Around["go"]): Command => ({
  id: `view ${id}`,
  label: name,
  words: `saved view ${path.startsWith("/history") ? "history" : "inbox"}`,
  run: () => go.toPage(path),
});

function places({ rights, go }: Around): Command[] {
  const inbox: Command[] = [
    { id: "batch", label: "Batch queue", words: "inbox medium", keys: "g i", run: () => go.toQueue("batch") },
    {
      id: "named",
      label: "Named approver queue",
      words: "inbox high",
      keys: "g n",
      run: () => go.toQueue("named"),
    },
    {
      id: "after",
      label: "Ran by themselves, to look at afterwards",
      words: "inbox after uphold overturn automatic",
      keys: "g a",
      run: () => go.toQueue("after"),
    },
    {
      id: "ten",
      label: "Batches of ten",
      words: "ten at a time group",
      keys: "g b",
      run: () => go.toPage("/inbox/batch"),
    },
    {
      id: "history",
      label: "History",
      words: "decided past decisions",
      keys: "g h",
      run: () => go.toPage("/history"),
    },
    {
      id: "me",
      label: "Your figures and notifications",
      words: "my me statistics quiet hours",
      keys: "g m",
      run: () => go.toPage("/me"),
    },
  ];
  const requests: Command = {
    id: "requests",
    label: "Ask for a draft",
    words: "request drafter write new model",
    keys: "g d",
    run: () => go.toPage("/requests"),
  };
  const organisation = ORGANISATION_PAGES.map(
    ({ href, label }): Command => ({ id: href, label, words: "organisation", run: () => go.toPage(href) }),
  );
  const insights = INSIGHTS_PAGES.map(
    ({ href, label }): Command => ({
      id: href,
      label,
      words: "insights",
      ...(href === "/insights" ? { keys: "g s" } : {}),
      run: () => go.toPage(href),
    }),
  );
  const promote: Command = {
    id: "promote",
    label: "Promote a rule",
    words: "insights promotion wizard automatic",
    run: () => go.toPage("/insights/promotions/new"),
  };
  return [
    ...(rights.inbox ? inbox : []),
    ...(rights.requests ? [requests] : []),
    ...(rights.insights ? [...insights, promote] : []),
    ...(rights.organisation ? organisation : []),
  ];
}

const THEME_LABELS: Record<Theme, string> = {
  system: "Theme: as the system",
  light: "Theme: light",
  dark: "Theme: dark",
};

function settings({ theme, setTheme, singleKeys, showKeys }: Around): Command[] {
  return [
    ...THEMES.filter((other) => other !== theme).map(
      (other): Command => ({
        id: `theme ${other}`,
        label: THEME_LABELS[other],
        words: "colours dark light mode appearance",
        run: () => setTheme(other),
      }),
    ),
    { id: "keys", label: "Show the keys", words: "keyboard shortcuts help", keys: "?", run: showKeys },
    {
      id: "single keys",
      label: singleKeys ? "Turn single keys off" : "Turn single keys on",
      words: "keyboard shortcuts",
      run: () => writeSingleKeys(!singleKeys),
    },
    { id: "sign out", label: "Sign out", words: "log out leave", run: () => void leave() },
  ];
}

/** The commands that have every word that was typed, at the beginning of a word of theirs. */
export function matchingCommands(groups: readonly CommandGroup[], typed: string): CommandGroup[] {
  const words = wordsOf(typed);
  return groups
    .map(({ heading, commands }) => ({
      heading,
      commands: commands.filter(({ label, words: more = "" }) => {
        const has = wordsOf(`${label} ${more}`);
        return words.every((word) => has.some((each) => each.startsWith(word)));
      }),
    }))
    .filter(({ commands }) => commands.length > 0);
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
