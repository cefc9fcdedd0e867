"use client";

import { classNames } from "@/components/ui/class-names";
import { shortWeekday, WEEKDAYS } from "@/lib/routing/spell-schedule";

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** Chooses days of the week, 1 for Monday to 7. */
export function WeekdayChips({
  label,
  value,
  error,
  onChange,
}: {
  label: string;
  value: number[];
  error?: string;
  onChange: (weekdays: number[]) => void;
}) {
  const toggle = (day: number) =>
    onChange(value.includes(day) ? value.filter((each) => each !== day) : [...value, day].sort());
  return (
    <fieldset>
      <legend className="sr-only">{label}</legend>
      <div className="flex gap-1">
        {EVERY_DAY.map((day) => (
          <button
            key={day}
            type="button"
            aria-pressed={value.includes(day)}
            onClick={() => toggle(day)}
            className={classNames(
              "min-h-8 rounded-md border px-1.5 font-medium text-xs",
              value.includes(day)
                ? "border-transparent bg-accent text-on-accent"
                : "border-strong-line bg-surface text-muted hover:bg-hover",
            )}
          >
            <span aria-hidden="true">{shortWeekday(day).slice(0, 2)}</span>
            <span className="sr-only">{WEEKDAYS[day - 1]}</span>
          </button>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-0.5 text-bad text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
