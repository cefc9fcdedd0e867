"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { PageFrame } from "@/components/organisation/page-frame";
import { useSave } from "@/components/organisation/use-save";
import { WeekdayChips } from "@/components/organisation/weekday-chips";
import { ZonePicker } from "@/components/organisation/zone-picker";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import type { ActionResult } from "@/lib/adapters/action";
import type { BusinessHoursInput } from "@/lib/directory/business-hours";
import type { BusinessCalendar } from "@/lib/routing/business-hours";

interface Window {
  key: number;
  weekdays: number[];
  from: string;
  until: string;
}

let lastKey = 0;
const withKey = (window: Omit<Window, "key">): Window => {
  lastKey += 1;
  return { ...window, key: lastKey };
};

/** The hours and holidays that business-hours deadlines count in. */
export function HoursEditor({
  hours,
  canEdit,
  save: saveAction,
}: {
  hours: { calendar: BusinessCalendar; version: number };
  canEdit: boolean;
  save: (input: BusinessHoursInput) => Promise<ActionResult<{ version: number }>>;
}) {
  const { save, saving, errors } = useSave();
  const [zone, setZone] = useState(hours.calendar.time_zone);
  const [windows, setWindows] = useState(() => hours.calendar.open.map(withKey));
  const [holidays, setHolidays] = useState(hours.calendar.holidays.join("\n"));
  const [dirty, setDirty] = useState(false);
  const setWindow = (key: number, change: Partial<Window>) => {
    setWindows(windows.map((each) => (each.key === key ? { ...each, ...change } : each)));
    setDirty(true);
  };
  const holidayError = Object.entries(errors).find(([path]) => path.startsWith("/calendar/holidays"))?.[1];

  const submit = async () => {
    const calendar = {
      time_zone: zone,
      open: windows.map(({ weekdays, from, until }) => ({ weekdays, from, until })),
      holidays: holidays.split(/[\s,]+/).filter(Boolean),
    };
    const saved = await save(
      () => saveAction({ calendar, expectedVersion: hours.version }),
      "Business hours saved",
    );
    if (saved) setDirty(false);
  };

  return (
    <PageFrame
      title="Business hours"
      description="Rules of a policy with “sla_in”: “business_hours” count their deadlines in these hours only. Drafts that wait already keep the deadline they have."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={!canEdit} className="max-w-2xl space-y-4 rounded-lg border bg-surface p-4">
          <legend className="sr-only">Business hours</legend>
          <Field label="Time zone" error={errors["/calendar/time_zone"]} className="max-w-xs">
            {(control) => (
              <ZonePicker
                {...control}
                value={zone}
                onChange={(chosen) => {
                  setZone(chosen);
                  setDirty(true);
                }}
              />
            )}
          </Field>
          <div className="space-y-3">
            {windows.map((window, index) => (
              <WindowRow
                key={window.key}
                window={window}
                error={
                  Object.entries(errors).find(([path]) => path.startsWith(`/calendar/open/${index}`))?.[1]
                }
                onChange={(change) => setWindow(window.key, change)}
                onRemove={
                  windows.length > 1
                    ? () => {
                        setWindows(windows.filter(({ key }) => key !== window.key));
                        setDirty(true);
                      }
                    : null
                }
              />
            ))}
            {canEdit && (
              <Button
                look="quiet"
                onClick={() => {
                  setWindows([...windows, withKey({ weekdays: [], from: "09:00", until: "17:00" })]);
                  setDirty(true);
                }}
              >
                Add hours
              </Button>
            )}
          </div>
          <Field
            label="Holidays"
            optional
            hint="Dates such as 2026-12-25, one on each line"
            error={holidayError}
          >
            {(control) => (
              <TextArea
                {...control}
                rows={4}
                className="max-w-xs font-mono"
                value={holidays}
                onChange={(event) => {
                  setHolidays(event.target.value);
                  setDirty(true);
                }}
              />
            )}
          </Field>
          {canEdit && (
            <Button type="submit" look="accent" disabled={saving || !dirty}>
              {saving ? "Saving…" : "Save"}
            </Button>
          )}
        </fieldset>
      </form>
    </PageFrame>
  );
}

function WindowRow({
  window,
  error,
  onChange,
  onRemove,
}: {
  window: Window;
  error: string | undefined;
  onChange: (change: Partial<Window>) => void;
  onRemove: (() => void) | null;
}) {
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <WeekdayChips label="Days" value={window.weekdays} onChange={(weekdays) => onChange({ weekdays })} />
        <Input
          type="time"
          aria-label="From"
          narrow
          value={window.from}
          onChange={(event) => onChange({ from: event.target.value })}
        />
        <span className="text-muted text-sm">to</span>
        <Input
          type="time"
          aria-label="Until"
          narrow
          value={window.until}
          onChange={(event) => onChange({ until: event.target.value })}
        />
        {onRemove && (
          <button
            type="button"
            onClick={onRemove}
            aria-label="Remove these hours"
            className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
          >
            <X aria-hidden="true" className="size-4" />
          </button>
        )}
      </div>
      {error && (
        <p role="alert" className="mt-0.5 text-bad text-xs">
          {error}
        </p>
      )}
    </div>
  );
}
