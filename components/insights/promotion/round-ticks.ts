/** About this many fit under a chart on a phone. */
const WANTED = 5;

/** Round numbers between two values, evenly spaced by 1, 2 or 5 times a power of ten, for the axis of a chart. */
export function roundTicks(from: number, to: number): number[] {
  const rough = (to - from) / WANTED;
  if (!(rough > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough)!;
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  // Multiples, not sums: a hundred times 0.1 would not be 10.
  return Array.from({ length: count }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}
