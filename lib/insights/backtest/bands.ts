/** Where one band of amounts ends and the next begins. */
const STEPS = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000];

const say = (value: number): string => value.toLocaleString("en-US");

export interface Band {
  order: number;
  name: string;
}

/** Made once: writing a number takes longer than judging a draft. */
const BANDS: readonly Band[] = [
  { order: 1, name: `up to ${say(STEPS[0]!)}` },
  ...STEPS.slice(1).map((step, at) => ({ order: at + 2, name: `over ${say(STEPS[at]!)} to ${say(step)}` })),
  { order: STEPS.length + 1, name: `over ${say(STEPS.at(-1)!)}` },
];

/** The band that a number falls into, as words and in order, which begins at 1: "over 100 to 250". */
export function bandOf(value: number): Band {
  let at = 0;
  while (at < STEPS.length && value > STEPS[at]!) at++;
  return BANDS[at]!;
}
