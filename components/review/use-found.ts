"use client";

import { type RefObject, useEffect, useState } from "react";

/**
 * The places that `find` is marked at inside `within`, and the one that is looked at. They are what is on the screen:
 * the marks carry `data-found`, the current one `data-current` too.
 */
export function useFound(within: RefObject<HTMLElement | null>, find: string) {
  const [count, setCount] = useState(0);
  const [current, setCurrent] = useState(0);

  useEffect(() => {
    const places = find === "" ? [] : placesIn(within.current);
    setCount(places.length);
    setCurrent(places.length > 0 ? 1 : 0);
    pointAt(within.current, 0, false);
  }, [within, find]);

  const step = (by: 1 | -1) => {
    // Unfolding may have drawn more of them since.
    const { length } = placesIn(within.current);
    if (length === 0) return;
    const next = ((current - 1 + by + length) % length) + 1;
    setCount(length);
    setCurrent(next);
    pointAt(within.current, next - 1, true);
  };
  return { count, current, step };
}

const placesIn = (element: HTMLElement | null): HTMLElement[] => [
  ...(element?.querySelectorAll<HTMLElement>("[data-found]") ?? []),
];

function pointAt(element: HTMLElement | null, index: number, scroll: boolean): void {
  const places = placesIn(element);
  places.forEach((place, at) => {
    if (at === index) place.dataset.current = "";
    else delete place.dataset.current;
  });
  if (scroll) places[index]?.scrollIntoView({ block: "center" });
}
