import type { Context } from "@/lib/context";
import { getFigures } from "@/lib/insights/figures/get-figures";
import { type PlainFigures, plainFigures, shownFigures } from "./plain-figures";

/** A figure of the insights page that is not what plain SQL says. */
export interface WrongFigure {
  actionType: string;
  figure: string;
  shown: number | null;
  plain: number | null;
}

/** Times are rolled up in steps; half a second more is what a clock read twice can be apart. */
const isNear = (shown: number, plain: number) => Math.abs(shown - plain) <= 0.02 * plain + 0.5;

/** Compares every figure of the last seven days, of every action type, with what plain SQL says. */
export async function compareFigures(ctx: Context): Promise<{ compared: number; wrong: WrongFigure[] }> {
  const { period, rows, preparing } = await getFigures(ctx, { period: "7d", by: "action_type" });
  if (preparing) throw new Error("The figures are still being prepared.");
  let compared = 0;
  const wrong: WrongFigure[] = [];
  for (const row of rows) {
    const { actionType } = row;
    const plain = await plainFigures(ctx.db, { actionType, from: period.from, to: period.to });
    const shown = shownFigures(row);
    for (const figure of Object.keys(plain) as (keyof PlainFigures)[]) {
      compared += 1;
      const [here, there] = [shown[figure], plain[figure]];
      const isTime = figure.endsWith("Seconds");
      const agrees = isTime && here !== null && there !== null ? isNear(here, there) : here === there;
      if (!agrees) wrong.push({ actionType, figure, shown: here, plain: there });
    }
  }
  return { compared, wrong };
}
