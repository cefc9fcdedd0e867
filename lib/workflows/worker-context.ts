import type { Context, SystemActor } from "@/lib/context";

let current: Context<SystemActor> | null = null;

/** Gives the workflows of this process their database, policies and clock; null when the worker has stopped. */
export function setWorkerContext(context: Context<SystemActor> | null): void {
  current = context;
}

/** What a running workflow acts as and on. @throws Error outside a started worker. */
export function workerContext(): Context<SystemActor> {
  if (!current) throw new Error("A workflow ran outside a started worker.");
  return current;
}
