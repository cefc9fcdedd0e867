import type { Likeness } from "@/lib/drafts/types";
import { BUILTIN_EMBEDDER } from "./embedder-builtin";

/** From how much on, of 1. Hashed words spread wider than the vectors of models, which keep even strangers close. */
const BUILTIN: [number, Likeness][] = [
  [0.97, "all_but_equal"],
  [0.85, "very_similar"],
  [0.7, "similar"],
  [0.5, "somewhat_similar"],
];
const REMOTE: [number, Likeness][] = [
  [0.98, "all_but_equal"],
  [0.9, "very_similar"],
  [0.8, "similar"],
  [0.65, "somewhat_similar"],
];

/** How alike two drafts are, in words, by the cosine similarity that an embedder gives them. */
export function likenessOf(similarity: number, embedder: string): Likeness {
  const steps = embedder === BUILTIN_EMBEDDER ? BUILTIN : REMOTE;
  return steps.find(([from]) => similarity >= from)?.[1] ?? "hardly_similar";
}
