/** As high as the table that follows, so that nothing jumps. */
export default function LoadingBatch() {
  return (
    <div role="status" aria-label="Loading the batch" className="animate-pulse px-3 py-3 sm:px-4">
      <div className="mb-3 h-5 w-80 max-w-full rounded bg-hover" />
      <div className="rounded-lg border bg-surface">
        {Array.from({ length: 10 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: ten rows that never move
          <div key={row} className="h-11 border-b last:border-b-0" />
        ))}
      </div>
    </div>
  );
}
