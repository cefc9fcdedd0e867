"use client";

import { useSyncExternalStore } from "react";
import { onSingleKeys, readSingleKeys } from "./single-keys";

/** Whether single keys act in this browser. */
export const useSingleKeys = (): boolean => useSyncExternalStore(onSingleKeys, readSingleKeys, () => true);
