const ROWS = ["a", "b", "c", "d", "e", "f"];

/** A title and a list, before they are read. */
export function PageSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="mx-auto max-w-6xl animate-pulse px-4 py-4 sm:px-6">
      <div className="mb-4 min-h-11">
        <div className="h-5 w-32 rounded bg-line" />
        <div className="mt-2 h-4 w-80 max-w-full rounded bg-line" />
      </div>
      <div className="overflow-hidden rounded-lg border bg-surface">
        {ROWS.map((row) => (
          <div key={row} className="flex h-14 items-center gap-6 border-b px-3 last:border-b-0">
            <div className="h-4 w-40 rounded bg-line" />
            <div className="h-4 flex-1 rounded bg-line" />
            <div className="h-4 w-24 rounded bg-line" />
          </div>
        ))}
      </div>
    </div>
  );
}
