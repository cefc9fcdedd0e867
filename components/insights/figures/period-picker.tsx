"use client";

import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { FIELD } from "@/components/ui/field-class";
import { PERIOD_PRESETS, type Period } from "@/lib/insights/figures/period";
import { PRESET_LABELS } from "@/lib/insights/figures/period-params";

/** Which days are shown: kept in the address, so that a view can be sent and gone back to. `today` is the UTC day. */
export function PeriodPicker({
  period,
  today,
}: {
  period: Pick<Period, "preset" | "from" | "to">;
  today: string;
}) {
  const path = usePathname();
  const router = useRouter();
  const params = useSearchParams();
  const hrefWith = (changes: Record<string, string>) => {
    const next = new URLSearchParams(params);
    for (const name of ["period", "from", "to"]) next.delete(name);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    return `${path}?${next}`;
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <nav aria-label="Period" className="flex rounded-md border border-strong-line bg-surface p-0.5">
        {PERIOD_PRESETS.map((preset) => (
          <Link
            key={preset}
            href={hrefWith({ period: preset })}
            scroll={false}
            aria-current={preset === period.preset ? "true" : undefined}
            className={classNames(
              "inline-flex min-h-7 items-center rounded px-2 font-medium text-xs whitespace-nowrap",
              preset === period.preset
                ? "bg-accent-soft text-accent"
                : "text-muted hover:bg-hover hover:text-ink",
            )}
          >
            {PRESET_LABELS[preset]}
          </Link>
        ))}
      </nav>
      <OwnDays
        key={`${period.from} ${period.to}`}
        period={period}
        today={today}
        onShow={(from, to) => router.push(hrefWith({ from, to }), { scroll: false })}
      />
    </div>
  );
}

/** A first and a last day, both included. */
function OwnDays({
  period,
  today,
  onShow,
}: {
  period: Pick<Period, "from" | "to">;
  today: string;
  onShow: (from: string, to: string) => void;
}) {
  const [from, setFrom] = useState(period.from);
  const [to, setTo] = useState(period.to);
  const isValid = from !== "" && to !== "" && from <= to && from <= today;
  const isChanged = from !== period.from || to !== period.to;
  const day = classNames(FIELD, "w-[8.1rem]! py-0.5! text-xs! min-h-8");
  return (
    <form
      className="flex flex-wrap items-center gap-1.5 text-muted text-xs"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) onShow(from, to);
      }}
    >
      <input
        type="date"
        aria-label="From, a UTC day"
        value={from}
        max={today}
        onChange={({ target }) => setFrom(target.value)}
        className={day}
      />
      <span aria-hidden="true">–</span>
      <input
        type="date"
        aria-label="To, a UTC day"
        aria-invalid={to !== "" && from > to ? true : undefined}
        value={to}
        max={today}
        onChange={({ target }) => setTo(target.value)}
        className={day}
      />
      <Button type="submit" disabled={!isValid || !isChanged} className="min-h-8 px-2.5 text-xs">
        Show
      </Button>
    </form>
  );
}
