"use client";

import { useState } from "react";

const isSame = (one: unknown, two: unknown) => JSON.stringify(one) === JSON.stringify(two);

/**
 * The values of a form over what is stored. When another editor's version arrives, fields nobody touched here take it
 * over and the others keep what was typed; `theirs` then says, by field, that something else is stored now.
 * `version` is the one to save against; call `saved` with the answer's.
 */
export function useEdited<Values extends Record<string, unknown>>(stored: Values, storedVersion: number) {
  const [base, setBase] = useState({ values: stored, version: storedVersion });
  const [values, setValues] = useState(stored);
  const [theirs, setTheirs] = useState<Partial<Values>>({});

  if (storedVersion > base.version) {
    const keys = Object.keys(stored) as (keyof Values)[];
    const moved = keys.filter((key) => !isSame(stored[key], base.values[key]));
    const clashing = moved.filter(
      (key) => !isSame(values[key], base.values[key]) && !isSame(values[key], stored[key]),
    );
    const taken = moved.filter((key) => isSame(values[key], base.values[key]));
    setBase({ values: stored, version: storedVersion });
    setValues({ ...values, ...Object.fromEntries(taken.map((key) => [key, stored[key]])) });
    setTheirs(Object.fromEntries(clashing.map((key) => [key, stored[key]])) as Partial<Values>);
  }

  return {
    values,
    version: base.version,
    theirs,
    isChanged: !isSame(values, base.values),
    set: <Key extends keyof Values>(key: Key, value: Values[Key]) =>
      setValues((now) => ({ ...now, [key]: value })),
    reset: () => {
      setValues(base.values);
      setTheirs({});
    },
    saved: (version: number) => {
      setBase({ values, version });
      setTheirs({});
    },
  };
}
