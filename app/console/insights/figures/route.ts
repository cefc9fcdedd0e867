import { answerFile } from "@/lib/adapters/answer-file";
import { requireSameOrigin } from "@/lib/adapters/console-route";
import { exportFigures } from "@/lib/insights/figures/export-figures";
import type { FiguresInput } from "@/lib/insights/figures/get-figures";
import { readPeriod } from "@/lib/insights/figures/period-params";

/** The figures of a period as a CSV file: `by`, `type`, and the period as in the address of a page of insights. */
export const GET = (request: Request): Promise<Response> =>
  answerFile(async (ctx) => {
    // It is written in the trail: only our own pages may have somebody do that.
    requireSameOrigin(request);
    const params = Object.fromEntries(new URL(request.url).searchParams);
    const { fileName, csv } = await exportFigures(ctx, {
      period: readPeriod(params, ctx.now()).period,
      by: params.by as FiguresInput["by"],
      ...(params.type ? { actionType: params.type } : {}),
    });
    return { name: fileName, contentType: "text/csv", content: csv };
  });
