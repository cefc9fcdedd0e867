/** What the columns of a table count, for whoever cannot point at their heads. */
export function ColumnMeanings({
  columns,
  className,
}: {
  columns: readonly { label: string; meaning: string | undefined }[];
  className?: string;
}) {
  const told = columns.flatMap(({ label, meaning }) => (meaning ? [{ label, meaning }] : []));
  if (told.length === 0) return null;
  return (
    <details className={className}>
      <summary className="w-fit font-medium text-muted text-xs hover:text-ink">
        What the columns count
      </summary>
      <dl className="mt-1.5 grid max-w-3xl grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
        {told.map(({ label, meaning }) => (
          <div key={label} className="contents">
            <dt className="font-medium">{label}</dt>
            <dd className="text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
