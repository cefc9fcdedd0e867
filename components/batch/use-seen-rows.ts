"use client";

import { type RefObject, useEffect, useState } from "react";

/**
 * Which rows (`data-row-id`) of the table have been on the screen, at least half of each: nobody approves what they have
 * not had before their eyes. Starts anew with each batch (`readAt`).
 */
export function useSeenRows(table: RefObject<HTMLElement | null>, readAt: number): ReadonlySet<string> {
  const [seen, setSeen] = useState<{ readAt: number; ids: ReadonlySet<string> }>({ readAt, ids: new Set() });
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const ids = entries.flatMap(({ isIntersecting, target }) =>
          isIntersecting ? [(target as HTMLElement).dataset.rowId ?? ""] : [],
        );
        if (ids.length === 0) return;
        setSeen((before) => ({
          readAt,
          ids: new Set([...(before.readAt === readAt ? before.ids : []), ...ids]),
        }));
      },
      { threshold: 0.5 },
    );
    for (const row of table.current?.querySelectorAll("[data-row-id]") ?? []) observer.observe(row);
    return () => observer.disconnect();
  }, [table, readAt]);
  return seen.readAt === readAt ? seen.ids : NONE;
}

const NONE: ReadonlySet<string> = new Set();
