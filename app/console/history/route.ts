import { answerPerson } from "@/lib/adapters/console-route";
import { readHistoryFilters } from "@/lib/drafts/filter-params";
import { listHistory } from "@/lib/drafts/list-history";

/** One page of what is decided: `cursor`, `limit`, and the filters as in the history's own address. */
export async function GET(request: Request) {
  const params = new URL(request.url).searchParams;
  const limit = params.get("limit");
  return answerPerson(request, (ctx) =>
    listHistory(ctx, {
      cursor: params.get("cursor") ?? undefined,
      ...(limit === null ? {} : { limit: Number(limit) }),
      filters: readHistoryFilters(params).filters,
    }),
  );
}
