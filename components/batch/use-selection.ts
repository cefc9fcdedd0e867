"use client";

import { useCallback, useMemo, useState } from "react";
import type { Timed } from "@/components/workspace/timed";
import type { Batch } from "@/lib/drafts/batch/types";

/**
 * Which drafts of a batch are selected, and which row is under the hand. All are selected at first, apart from those that
 * somebody left out of a former batch.
 */
export function useSelection(batch: Timed<Batch>, gone: ReadonlyMap<string, string>) {
  const ids = useMemo(() => batch.items.map(({ id }) => id), [batch]);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [currentId, select] = useState<string | null>(null);
  const [anchorId, setAnchor] = useState<string | null>(null);

  const selected = useMemo(
    () => new Set(ids.filter((id) => !left.has(id) && !gone.has(id))),
    [ids, left, gone],
  );
  const toggle = useCallback((id: string) => {
    setAnchor(id);
    setLeft((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  /** Brings all from the row toggled last up to this one into its state. */
  const toggleTo = (id: string) => {
    const [from, to] = [ids.indexOf(anchorId ?? id), ids.indexOf(id)].sort((a, b) => a - b) as [
      number,
      number,
    ];
    const isLeft = anchorId !== null && left.has(anchorId);
    const range = ids.slice(Math.max(from, 0), to + 1);
    setLeft((before) => {
      const after = new Set(before);
      for (const each of range) {
        if (isLeft) after.add(each);
        else after.delete(each);
      }
      return after;
    });
  };
  const toggleAll = () => {
    const isFull = selected.size === ids.filter((id) => !gone.has(id)).length;
    setLeft((before) => {
      const others = [...before].filter((id) => !ids.includes(id));
      return new Set(isFull ? [...others, ...ids] : others);
    });
  };
  return {
    ids,
    selected,
    currentId: ids.includes(currentId ?? "") ? currentId : (ids[0] ?? null),
    select,
    toggle,
    toggleTo,
    toggleAll,
  };
}
