import { LinkButton } from "@/components/organisation/link-button";

/** The way on through a list that is read by where it ended, and back to its beginning. */
export function LibraryPager({
  params,
  nextCursor,
}: {
  params: Record<string, string>;
  nextCursor: string | null;
}) {
  const { page, ...rest } = params;
  if (!page && !nextCursor) return null;
  const to = (cursor: string | null) => {
    const next = new URLSearchParams(cursor ? { ...rest, page: cursor } : rest);
    return next.size > 0 ? `/insights/library?${next}` : "/insights/library";
  };
  return (
    <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
      {page && <LinkButton href={to(null)}>Back to the newest</LinkButton>}
      {nextCursor && <LinkButton href={to(nextCursor)}>Older</LinkButton>}
    </nav>
  );
}
