export default function ReviewLoading() {
  const panel = "rounded-lg border bg-surface";
  return (
    <div role="status" aria-label="Loading the draft" className="animate-pulse">
      <div className="h-12" />
      <div className="grid gap-2.5 px-4 md:grid-cols-2 xl:grid-cols-[1fr_1fr_1.15fr]">
        <div className={`h-96 ${panel}`} />
        <div className={`h-96 ${panel}`} />
        <div className={`hidden h-96 xl:block ${panel}`} />
      </div>
    </div>
  );
}
