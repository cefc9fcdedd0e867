import { readScreen } from "@/app/console/drafts/[id]/read-screen";
import { pathOf, type View } from "@/components/workspace/view";
import type { Initial } from "@/components/workspace/workspace";
import { orNotFound } from "@/lib/adapters/or-not-found";
import type { Context, PersonActor } from "@/lib/context";
import { writeFilters } from "@/lib/drafts/filter-params";
import { listInbox } from "@/lib/drafts/list-inbox";

/** What a page of the inbox is drawn with: the list around it, and the item where the view is one. */
export async function readInitial(ctx: Context<PersonActor>, view: View): Promise<Initial> {
  const readAt = Date.now();
  const [page, screen] = await Promise.all([
    listInbox(ctx, { queue: view.queue, filters: view.filters }),
    view.id === null ? null : orNotFound(readScreen(ctx, view.id)),
  ]);
  const filterKey = writeFilters(view.filters).toString();
  return { view, page: { ...page, readAt, filterKey }, screen, path: pathOf(view) };
}

/** The query of a page, as the platform's own type. */
export function searchParamsOf(query: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values ?? []].flat()) params.append(name, value);
  }
  return params;
}
