"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { THEMES, type Theme } from "./theme";
import { useTheme } from "./use-theme";

export const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };

/** The theme that comes after this one: system, light, dark, and round again. */
export const nextTheme = (theme: Theme): Theme =>
  THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";

/** Goes round system, light and dark. On a phone the menu has it. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useTheme(initial);
  const next = nextTheme(theme);
  const Icon = THEME_ICONS[theme];
  return (
    <button
      type="button"
      onClick={() => setTheme(next)}
      title={`Theme: ${theme}`}
      aria-label={`Theme: ${theme}. Change to ${next}`}
      className="hidden size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink md:inline-flex"
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}
