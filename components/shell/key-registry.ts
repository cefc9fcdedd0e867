import type { KeyBindings } from "./use-keys";

/** What a single key does now, for a list to offer it by name. */
export interface BoundKey {
  key: string;
  label: string;
  run: () => void;
}

/** What the keys of one place do, and what those that are worth offering are called. */
export interface KeySource {
  bindings: KeyBindings;
  labels: Readonly<Record<string, string>>;
}

const sources = new Set<{ current: KeySource }>();

/** Offers what `source` holds, as it is whenever somebody asks, until the answered function is called. */
export function registerKeys(source: { current: KeySource }): () => void {
  sources.add(source);
  return () => sources.delete(source);
}

/** Every labelled key that acts now. */
export const boundKeys = (): BoundKey[] =>
  [...sources].flatMap(({ current: { bindings, labels } }) =>
    Object.entries(labels).flatMap(([key, label]) => {
      const run = bindings[key];
      return run ? [{ key, label, run }] : [];
    }),
  );
