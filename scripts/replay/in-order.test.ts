import { expect, test } from "vitest";
import { inOrder } from "./in-order";

async function* each<Item>(items: Item[]) {
  yield* items;
}
const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

test("no more run at once than allowed, and all of them run", async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await inOrder(each(Array.from({ length: 40 }, (_, index) => index)), {
    concurrency: 4,
    keysOf: (item) => [String(item)],
    work: async (item) => {
      running += 1;
      most = Math.max(most, running);
      await tick();
      running -= 1;
      done.push(item);
    },
  });
  expect(most).toBe(4);
  expect(done).toHaveLength(40);
});

test("items that share a key keep their order, even when the first takes longest", async () => {
  const done: string[] = [];
  await inOrder(each(["a1", "b1", "a2", "a3", "b2"]), {
    concurrency: 5,
    keysOf: (item) => [item[0]!],
    work: async (item) => {
      for (let wait = 0; wait < (item.endsWith("1") ? 10 : 1); wait += 1) await tick();
      done.push(item);
    },
  });
  expect(done.filter((item) => item.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
  expect(done.filter((item) => item.startsWith("b"))).toEqual(["b1", "b2"]);
});

test("a failure ends it, after what runs has ended", async () => {
  const done: number[] = [];
  const replay = inOrder(each([1, 2, 3, 4, 5, 6]), {
    concurrency: 2,
    keysOf: () => [],
    work: async (item) => {
      if (item === 1) throw new Error("stop");
      await tick();
      done.push(item);
    },
  });
  await expect(replay).rejects.toThrow("stop");
  expect(done.length).toBeLessThan(5);
});
