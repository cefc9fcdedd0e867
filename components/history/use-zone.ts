"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};
const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const onServer = () => "UTC";

/** The reader's time zone, which only the browser knows: UTC until it says so. */
export const useZone = (): string => useSyncExternalStore(never, here, onServer);
