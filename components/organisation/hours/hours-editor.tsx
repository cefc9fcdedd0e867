"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { PageFrame } from "@/components/organisation/page-frame";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Field, Input, Select } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import type { ActionResult } from "@/lib/adapters/action";
import type { BusinessHoursInput } from "@/lib/directory/business-hours";
import type { BusinessCalendar } from "@/lib/routing/business-hours";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

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
  timeZones,
  canEdit,
  save: saveAction,
}: {
  hours: { calendar: BusinessCalendar; version: number };
  timeZones: string[];
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
              <Select
                {...control}
                value={zone}
                onChange={(event) => {
                  setZone(event.target.value);
                  setDirty(true);
                }}
              >
                {[...new Set([zone, ...timeZones])].map((each) => (
                  <option key={each} value={each}>
                    {each}
                  </option>
                ))}
              </Select>
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
        {/* biome-ignore lint/a11y/useSemanticElements: seven toggles in a row, within the form's own fieldset */}
        <div
          role="group"
          aria-label="Days"
          className="flex overflow-hidden rounded-md border border-strong-line"
        >
          {WEEKDAYS.map((label, index) => {
            const day = index + 1;
            const on = window.weekdays.includes(day);
            return (
              <button
                key={label}
                type="button"
                aria-pressed={on}
                onClick={() =>
                  onChange({
                    weekdays: on
                      ? window.weekdays.filter((each) => each !== day)
                      : [...window.weekdays, day].sort((one, other) => one - other),
                  })
                }
                className={classNames(
                  "min-h-9 w-11 border-l text-xs first:border-l-0",
                  on ? "bg-accent-soft font-medium text-accent" : "text-muted hover:bg-hover",
                )}
              >
                {label}
              </button>
            );
          })}
        </div>
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
