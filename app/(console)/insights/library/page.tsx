import type { Metadata } from "next";
import { EmbeddingPanel } from "@/components/library/embedding-panel";
import { LibraryContents } from "@/components/library/library-contents";
import { LibraryList } from "@/components/library/library-list";
import { LibraryPager } from "@/components/library/library-pager";
import { LIBRARY, libraryFilters, shownFilters } from "@/components/library/library-words";
import { ListFilters } from "@/components/organisation/list-filters";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { createContext } from "@/lib/adapters/context";
import { readSearchParams } from "@/lib/adapters/read-search-params";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { CountersignError } from "@/lib/errors";
import { countLibrary } from "@/lib/examples/count-library";
import { getEmbeddingProgress } from "@/lib/examples/get-embedding-progress";
import { libraryFiltersSchema } from "@/lib/examples/library-filters";
import { listExamples } from "@/lib/examples/list-examples";

export const metadata: Metadata = { title: LIBRARY.title };

export default async function LibraryPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requirePerson();
  if (!may(actor, "insights.read")) return null;
  const ctx = await createContext(actor);
  const params = readSearchParams(await searchParams);
  const { q, type, outcome, show, by, page } = params;
  // A link that was mistyped shows what comes first, not an error.
  const parsed = libraryFiltersSchema.safeParse({ q, actionType: type, outcome, ...shownFilters(show) });
  const filters = parsed.success ? parsed.data : {};
  const byMeaning = by === "meaning" && Boolean(filters.q && filters.actionType);
  const [counts, progress, { items, nextCursor }] = await Promise.all([
    countLibrary(ctx),
    getEmbeddingProgress(ctx.db),
    listExamples(ctx, { filters, byMeaning, cursor: byMeaning ? undefined : page }).catch((error) => {
      if (!(page && error instanceof CountersignError && error.code === "invalid_request")) throw error;
      return listExamples(ctx, { filters, byMeaning });
    }),
  ]);
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <PageFrame {...LIBRARY}>
      <div className="max-sm:[&_select]:basis-[45%]">
        <ListFilters searchLabel="Search examples" filters={libraryFilters(counts)} />
      </div>
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0">
          {by === "meaning" && !byMeaning && (
            <p className="mb-2 text-muted text-sm">
              Nearest in meaning needs words and an action type. Until then: newest first.
            </p>
          )}
          {byMeaning && show === "withdrawn" && (
            <p className="mb-2 text-muted text-sm">
              By meaning, only what is not withdrawn is found. Choose “Newest first” for the others.
            </p>
          )}
          {items.length > 0 ? (
            <LibraryList items={items} />
          ) : (
            <EmptyState title={isFiltered ? "No example matches" : "Nothing is decided yet"}>
              {isFiltered
                ? "Search for fewer words, or leave a filter open."
                : "Every decision that a person makes becomes an example. Past decisions come in with npm run import."}
            </EmptyState>
          )}
          <LibraryPager params={params} nextCursor={nextCursor} />
        </div>
        <div className="grid min-w-0 gap-3">
          <LibraryContents counts={counts} chosen={filters.actionType} />
          <EmbeddingPanel progress={progress} />
        </div>
      </div>
    </PageFrame>
  );
}
