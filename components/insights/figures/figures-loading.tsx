const TILES = ["a", "b", "c", "d", "e"];

/** The place of a page of figures while it is read: as high as what will be there. */
export const FiguresLoading = () => (
  <div
    role="status"
    aria-label="Loading the figures"
    className="mx-auto max-w-6xl animate-pulse px-4 py-4 sm:px-6"
  >
    <div className="mb-2 flex items-center justify-between">
      <div className="h-7 w-40 rounded bg-line" />
      <div className="h-8 w-72 rounded-md bg-line" />
    </div>
    <div className="mb-4 h-4 w-96 max-w-full rounded bg-line" />
    <div className="mb-4 grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line lg:grid-cols-5">
      {TILES.map((tile) => (
        <div key={tile} className="h-[5.25rem] bg-surface" />
      ))}
    </div>
    <div className="mb-4 h-[19.5rem] rounded-lg border bg-surface" />
    <div className="h-64 rounded-lg border bg-surface" />
  </div>
);
