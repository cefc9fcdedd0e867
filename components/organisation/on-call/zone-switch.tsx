"use client";

import { classNames } from "@/components/ui/class-names";

/** Chooses on whose clock times are shown: the viewer's, or the schedule's. */
export function ZoneSwitch({
  viewerZone,
  scheduleZone,
  value,
  onChange,
}: {
  viewerZone: string;
  scheduleZone: string;
  value: string;
  onChange: (zone: string) => void;
}) {
  if (viewerZone === scheduleZone) return <span className="text-muted text-xs">Times in {viewerZone}</span>;
  const choices = [
    { zone: viewerZone, whose: "your zone" },
    { zone: scheduleZone, whose: "the schedule's zone" },
  ];
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1 text-xs">
      <legend className="sr-only">Times in</legend>
      {choices.map(({ zone, whose }) => (
        <button
          key={zone}
          type="button"
          aria-pressed={value === zone}
          title={`Times in ${whose}`}
          onClick={() => onChange(zone)}
          className={classNames(
            "min-h-7 rounded-md px-2 font-medium",
            value === zone ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          {zone}
          <span className="sr-only">, {whose}</span>
        </button>
      ))}
    </fieldset>
  );
}
