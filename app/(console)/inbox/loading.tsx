const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

export default function InboxLoading() {
  return (
    <div role="status" aria-label="Loading the inbox" className="animate-pulse">
      <div className="h-[33px] border-b" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-11 items-center gap-6 border-b px-4">
          <div className="h-4 w-16 rounded bg-line" />
          <div className="h-4 flex-1 rounded bg-line" />
          <div className="h-4 w-20 rounded bg-line" />
        </div>
      ))}
    </div>
  );
}
