const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

export default function HistoryLoading() {
  return (
    <div role="status" aria-label="Loading the history" className="animate-pulse">
      <div className="flex h-[45px] items-center gap-2 border-b bg-surface px-3 sm:px-4">
        <div className="h-8 w-72 rounded-md bg-line" />
        <div className="h-8 w-20 rounded-md bg-line" />
      </div>
      <div className="h-[34px] border-b bg-surface" />
      <div className="h-7 border-b" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-12 items-center gap-6 border-b bg-surface px-4">
          <div className="h-4 w-20 rounded bg-line" />
          <div className="h-4 flex-1 rounded bg-line" />
          <div className="h-4 w-24 rounded bg-line" />
        </div>
      ))}
    </div>
  );
}
