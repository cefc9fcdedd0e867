"use client";

import { useSyncExternalStore } from "react";
import { isAppleBrowser } from "./command-key";

const never = () => () => {};
const ofBrowser = () => (isAppleBrowser() ? "⌘" : "Ctrl ");

/** What to write before the letter of a shortcut: "⌘", or "Ctrl ", which is also what the server says. */
export const useCommandKey = (): string => useSyncExternalStore(never, ofBrowser, () => "Ctrl ");
