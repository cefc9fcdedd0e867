/** Where one band of amounts ends and the next begins. */
const STEPS = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000];

/** The band that a number falls into, as words and in order: "over 100 to 250". */
export function bandOf(value: number): { order: number; name: string } {
  const at = STEPS.findIndex((step) => value <= step);
  if (at === 0) return { order: 0, name: `up to ${say(STEPS[0]!)}` };
  if (at < 0) return { order: STEPS.length, name: `over ${say(STEPS.at(-1)!)}` };
  return { order: at, name: `over ${say(STEPS[at - 1]!)} to ${say(STEPS[at]!)}` };
}

const say = (value: number): string => value.toLocaleString("en-US");
