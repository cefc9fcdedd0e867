/** Each value with its position as its key: for parts that never move, such as the lines of one text. */
export const withKeys = <Value>(values: readonly Value[]): { key: number; value: Value }[] =>
  values.map((value, key) => ({ key, value }));
