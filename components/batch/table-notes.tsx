import type { Comparison } from "@/lib/drafts/batch/compare-columns";

/** What the table has no room for, and whose words its names are. */
export function TableNotes({ comparison: { cells, furtherColumns } }: { comparison: Comparison }) {
  const isNamed = Object.values(cells).some((row) => Object.values(row).some(({ ids }) => ids !== undefined));
  if (!isNamed && furtherColumns.length === 0) return null;
  return (
    <p className="px-3 py-1.5 text-muted text-xs">
      {furtherColumns.length > 0 &&
        `Also different: ${furtherColumns.join(", ")}. Open a row to see all of it. `}
      {isNamed && "Names are those that the evidence gives to the identifiers in the payload."}
    </p>
  );
}
