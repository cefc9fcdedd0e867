import { failureOf } from "@/lib/adapters/action";
import { requireSession } from "@/lib/adapters/console-route";
import { createContext } from "@/lib/adapters/context";
import { ERROR_STATUS } from "@/lib/errors";
import { getPromotionPatch } from "@/lib/insights/promotion/promotion-patch";

interface Props {
  params: Promise<{ id: string }>;
}

/** An accepted promotion as a patch for git, to be saved as a file. Changes nothing, so a link may lead here. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  try {
    const ctx = await createContext(await requireSession());
    const { name, patch } = await getPromotionPatch(ctx, decodeURIComponent((await params).id));
    return new Response(patch, {
      headers: {
        "content-type": "text/x-patch; charset=utf-8",
        "content-disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    const { code, message } = failureOf(error);
    return new Response(`${message}\n`, {
      status: ERROR_STATUS[code],
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
}
