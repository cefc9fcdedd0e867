/**
 * Brings a fresh first page into a list that has more pages loaded: what the first page no longer has is gone, what
 * came after its last item stays. When its last item was not in the list, only the fresh page is left.
 */
export function mergeFirstPage<Item extends { id: string }>(
  loaded: readonly Item[],
  fresh: readonly Item[],
): { items: Item[]; keepsTail: boolean } {
  const lastId = fresh.at(-1)?.id;
  const seam = loaded.findIndex(({ id }) => id === lastId);
  const tail = lastId === undefined || seam === -1 ? [] : loaded.slice(seam + 1);
  const freshIds = new Set(fresh.map(({ id }) => id));
  const rest = tail.filter(({ id }) => !freshIds.has(id));
  return { items: [...fresh, ...rest], keepsTail: rest.length > 0 };
}
