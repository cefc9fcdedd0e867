/** One way of doing the work: `run` does one round of it and answers what was measured. */
export interface Arm {
  name: string;
  run: (round: number) => Promise<number>;
}

/** What one arm gave: the samples in order, and their median. */
export interface Measurement {
  median: number;
  samples: number[];
}

/**
 * Runs the arms in turns, A B C C B A …, so that whatever else the machine does meets all of them alike, and none always
 * finds what another has just brought into the caches. The first `warmUp` rounds do not count. `onRound` is told each round's values as they come.
 */
export async function interleave(
  arms: Arm[],
  { rounds, warmUp }: { rounds: number; warmUp: number },
  onRound: (round: string, values: Record<string, number>) => void = () => {},
): Promise<Record<string, Measurement>> {
  const samples = new Map(arms.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < warmUp + rounds; round++) {
    const values: Record<string, number> = {};
    const inTurn = round % 2 === 0 ? arms : [...arms].reverse();
    for (const { name, run } of inTurn) values[name] = await run(round);
    for (const [name, value] of Object.entries(values)) if (round >= warmUp) samples.get(name)!.push(value);
    onRound(round < warmUp ? "warm-up" : `round ${round - warmUp + 1} of ${rounds}`, values);
  }
  return Object.fromEntries(
    [...samples].map(([name, list]) => [name, { median: median(list), samples: list }]),
  );
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Does `work` once for each item, `clients` at a time, and answers items per second. */
export async function throughput<Item>(
  items: Item[],
  clients: number,
  work: (item: Item, client: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (next < items.length) await work(items[next++]!, client);
    }),
  );
  return (items.length * 1000) / (performance.now() - startedAt);
}

/** Shows a round's throughput as it comes, so that a long measurement is seen to go on. */
export const showRound =
  (title: string, unit = "/s") =>
  (round: string, values: Record<string, number>) => {
    const each = Object.entries(values).map(([name, value]) => `${name} ${value.toFixed(0)}${unit}`);
    process.stdout.write(
      `${process.stdout.isTTY ? "\r\u001b[K" : ""}    ${title}, ${round}: ${each.join(", ")}\n`,
    );
  };

/** Milliseconds that `work` took. */
export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
