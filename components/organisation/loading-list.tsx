const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** Where a list is about to be: the same frame, so that nothing jumps. */
export function LoadingList({ title, description }: { title: string; description: string }) {
  return (
    <div className="mx-auto max-w-6xl px-4 py-4 sm:px-6">
      <header className="mb-4">
        <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
        <p className="mt-0.5 max-w-2xl text-muted text-sm">{description}</p>
      </header>
      <div role="status" aria-label={`Loading ${title.toLowerCase()}`} className="animate-pulse">
        <div className="mb-3 h-9 max-w-xs rounded-md bg-line" />
        <div className="overflow-hidden rounded-lg border bg-surface">
          <div className="h-[1.8125rem] border-b bg-sunken" />
          {ROWS.map((row) => (
            <div key={row} className="flex h-[3.25rem] items-center gap-6 border-b px-3 last:border-b-0">
              <div className="h-4 w-40 rounded bg-line" />
              <div className="h-4 flex-1 rounded bg-line" />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** Where one thing's page is about to be. */
export function LoadingDetail({ label }: { label: string }) {
  return (
    <div className="mx-auto max-w-6xl px-4 py-4 sm:px-6">
      <div role="status" aria-label={`Loading ${label}`} className="animate-pulse">
        <div className="mb-1 h-4 w-20 rounded bg-line" />
        <div className="mb-4 h-7 w-56 rounded bg-line" />
        <div className="grid gap-3 lg:grid-cols-[1fr_20rem]">
          <div className="h-72 rounded-lg border bg-surface" />
          <div className="h-72 rounded-lg border bg-surface" />
        </div>
      </div>
    </div>
  );
}
