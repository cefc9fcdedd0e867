"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};
const ofBrowser = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone of whoever looks; UTC on the server, which cannot know it, and until the page is alive. */
export const useViewerZone = (): string => useSyncExternalStore(never, ofBrowser, () => "UTC");
