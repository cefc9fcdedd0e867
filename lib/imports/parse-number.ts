/** How a column writes its numbers. */
export interface NumberFormat {
  decimal: "." | ",";
  group?: string | undefined;
  unit?: string | undefined;
  divide_by?: number | undefined;
}

const SPACES = /[\u00a0\u202f]/g;

/** Reads a number as a column writes it, or says what is wrong: nothing is guessed about its points and commas. */
export function parseNumber(text: string, format: NumberFormat): { value: number } | { problem: string } {
  const { decimal, group, unit, divide_by = 1 } = format;
  let digits = text.replace(SPACES, " ").trim();
  if (unit) {
    if (digits.startsWith(unit)) digits = digits.slice(unit.length).trim();
    else if (digits.endsWith(unit)) digits = digits.slice(0, -unit.length).trim();
  }
  const [whole = "", fraction, ...more] = digits.split(decimal);
  const grouped = group ? new RegExp(`^-?\\d{1,3}(?:\\${group}\\d{3})+$`).test(whole) : false;
  const plain = grouped ? whole.replaceAll(group!, "") : whole;
  const isNumber =
    /^-?\d{1,15}$/.test(plain) &&
    more.length === 0 &&
    (fraction === undefined || /^\d{1,15}$/.test(fraction));
  if (!isNumber) {
    return { problem: `"${text.slice(0, 60)}" is not a number written with "${decimal}" for its fraction` };
  }
  return { value: Number(`${plain}.${fraction ?? "0"}`) / divide_by };
}
