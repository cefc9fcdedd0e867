/**
 * Runs `work` on items that arrive one by one, at most `concurrency` at once. Items that share a key run one after
 * the other, in the order they arrived. Rejects with the first failure, after what runs has ended.
 */
export async function inOrder<Item>(
  items: AsyncIterable<Item>,
  {
    concurrency,
    keysOf,
    work,
  }: { concurrency: number; keysOf: (item: Item) => string[]; work: (item: Item) => Promise<void> },
): Promise<void> {
  const last = new Map<string, Promise<void>>();
  const running = new Set<Promise<void>>();
  let failed = false;
  let failure: unknown;
  for await (const item of items) {
    if (failed) break;
    const keys = keysOf(item);
    const before = keys.map((key) => last.get(key));
    const done: Promise<void> = (async () => {
      await Promise.all(before);
      if (!failed) await work(item);
    })()
      .catch((error) => {
        if (!failed) failure = error;
        failed = true;
      })
      .finally(() => {
        running.delete(done);
        for (const key of keys) if (last.get(key) === done) last.delete(key);
      });
    for (const key of keys) last.set(key, done);
    running.add(done);
    if (running.size >= concurrency) await Promise.race(running);
  }
  await Promise.all(running);
  if (failed) throw failure;
}
