import { failureOf } from "@/lib/adapters/action";
import { requireSameOrigin, requireSession } from "@/lib/adapters/console-route";
import { createContext } from "@/lib/adapters/context";
import { ERROR_STATUS } from "@/lib/errors";
import { exportFigures } from "@/lib/insights/figures/export-figures";
import type { FiguresInput } from "@/lib/insights/figures/get-figures";
import { readPeriod } from "@/lib/insights/figures/period-params";

/** The figures of a period as a CSV file: `by`, `type`, and the period as in the address of a page of insights. */
export async function GET(request: Request): Promise<Response> {
  try {
    requireSameOrigin(request);
    const ctx = await createContext(await requireSession());
    const params = Object.fromEntries(new URL(request.url).searchParams);
    const { fileName, csv } = await exportFigures(ctx, {
      period: readPeriod(params, ctx.now()).period,
      by: params.by as FiguresInput["by"],
      ...(params.type ? { actionType: params.type } : {}),
    });
    return new Response(csv, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${fileName}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  } catch (error) {
    const failure = failureOf(error);
    return new Response(`${failure.message}\n`, {
      status: failure.code === "internal" ? 500 : ERROR_STATUS[failure.code],
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
}
