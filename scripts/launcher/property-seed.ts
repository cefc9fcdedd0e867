import fc from "fast-check";

/**
 * Property tests try the same cases in every run, so that a change is judged by what it changes. `PROPERTY_SEED=random`
 * explores others, and `PROPERTY_SEED=<number>` repeats what a failure printed.
 */
const seed = process.env.PROPERTY_SEED ?? "20260101";
if (seed !== "random") fc.configureGlobal({ seed: Number(seed) });
