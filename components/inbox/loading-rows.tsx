const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The places of the rows before they are read. */
export function LoadingRows() {
  return (
    <div role="status" aria-label="Loading the drafts" className="motion-safe:animate-pulse">
      <div className="h-[34px] border-b" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-[5.25rem] items-center gap-6 border-b px-4 sm:h-11">
          <div className="h-4 w-16 rounded bg-line" />
          <div className="h-4 flex-1 rounded bg-line" />
          <div className="h-4 w-20 rounded bg-line" />
        </div>
      ))}
    </div>
  );
}
