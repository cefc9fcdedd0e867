import { readScreen } from "@/app/console/drafts/[id]/read-screen";
import type { ListToolsData } from "@/components/inbox/list-tools";
import { pathOf, type View } from "@/components/workspace/view";
import type { Initial } from "@/components/workspace/workspace";
import { orNotFound } from "@/lib/adapters/or-not-found";
import type { Context, PersonActor } from "@/lib/context";
import { readInboxFilters, writeFilters } from "@/lib/drafts/filter-params";
import { listFilterOptions } from "@/lib/drafts/list-filter-options";
import { listInbox } from "@/lib/drafts/list-inbox";
import { listViews } from "@/lib/views/list-views";
import { deleteViewAction, saveViewAction } from "../history/actions";

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

/** What the tools above the list need. */
export async function readTools(ctx: Context<PersonActor>, query: URLSearchParams): Promise<ListToolsData> {
  const [options, views] = await Promise.all([listFilterOptions(ctx), listViews(ctx)]);
  const viewActions = { save: saveViewAction, remove: deleteViewAction };
  return { options, views, viewActions, dropped: readInboxFilters(query).dropped };
}

/** The query of a page, as the platform's own type. */
export function searchParamsOf(query: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values ?? []].flat()) params.append(name, value);
  }
  return params;
}
