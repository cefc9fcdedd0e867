"use client";

import { useMemo } from "react";
import { classNames } from "@/components/ui/class-names";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ScheduleTimeline } from "@/lib/directory/schedules/schedule-timeline";
import type { Shift } from "@/lib/routing/on-call";
import { formatDate, formatInstant, localTime } from "./local-days";
import { type Bar, placeInWeek, placeShifts, type Week, weeksFrom } from "./place-shifts";

/** Told apart by colour as far as there are colours; the names say it in any case. */
const TONES = [
  "bg-accent-soft text-accent",
  "bg-good-soft text-good",
  "bg-warn-soft text-warn",
  "bg-accent text-on-accent",
  "bg-good-solid text-on-accent",
  "bg-hover text-ink",
];

/** From which share of the week on a bar has room for a name, and for initials. */
const ROOM_FOR_NAME = 0.12;
const ROOM_FOR_INITIALS = 0.03;

interface Props {
  timeline: ScheduleTimeline;
  /** The first day shown, YYYY-MM-DD; a Monday. */
  monday: string;
  weeks: number;
  /** On whose clock the days are. */
  zone: string;
  now: number;
  label: string;
}

/** Weeks one below the other; in each a lane for who is on call, and one for every layer, the topmost first. */
export function TimelineView({ timeline, monday, weeks, zone, now, label }: Props) {
  const laidOut = useMemo(() => weeksFrom(monday, weeks, zone), [monday, weeks, zone]);
  const tones = useMemo(() => {
    const people = timeline.layers.flatMap(({ shifts }) => shifts.map(({ personId }) => personId));
    const ids = [...new Set([...people, ...timeline.result.map(({ personId }) => personId)])].filter(Boolean);
    return new Map(ids.map((id, index) => [id, TONES[index % TONES.length]!]));
  }, [timeline]);
  const today = localTime(new Date(now), zone).date;
  const hasOverride = timeline.result.some(({ overrideId }) => overrideId !== null);
  const draw = { names: timeline.names, tones, zone };

  return (
    <div>
      <ScrollRegion label={label} className="overflow-x-auto rounded">
        <div className="min-w-[31rem] space-y-3">
          {laidOut.map((week) => (
            <section key={week.dates[0]} aria-label={`Week of ${formatDate(week.dates[0]!)}`}>
              <WeekHeader week={week} today={today} />
              <Lane label="On call" bars={placeShifts(week, timeline.result)} decides {...draw}>
                <NowLine week={week} now={now} />
              </Lane>
              {timeline.layers.map((layer) => (
                <Lane key={layer.name} label={layer.name} bars={placeShifts(week, layer.shifts)} {...draw} />
              ))}
            </section>
          ))}
        </div>
      </ScrollRegion>
      {hasOverride && <p className="mt-1.5 text-muted text-xs">A dashed frame is an override.</p>}
    </div>
  );
}

const LANE = "grid grid-cols-[5.25rem_minmax(0,1fr)] items-center gap-x-2";
const DAY_LINES =
  "bg-[linear-gradient(to_right,var(--color-line)_1px,transparent_1px)] bg-[length:calc(100%/7)_100%]";

function WeekHeader({ week, today }: { week: Week; today: string }) {
  return (
    <div className={LANE}>
      <span />
      <div className="grid grid-cols-7 text-2xs">
        {week.dates.map((date) => (
          <span
            key={date}
            aria-current={date === today ? "date" : undefined}
            className={classNames(
              "truncate pl-1",
              date === today ? "font-semibold text-accent" : "text-muted",
            )}
          >
            {formatDate(date)}
          </span>
        ))}
      </div>
    </div>
  );
}

interface Drawing {
  names: Record<string, string>;
  tones: ReadonlyMap<string | null, string>;
  zone: string;
}

function Lane({
  label,
  bars,
  decides = false,
  children,
  ...draw
}: Drawing & { label: string; bars: Bar[]; decides?: boolean; children?: React.ReactNode }) {
  return (
    <div className={classNames(LANE, "border-t")}>
      <span
        className={classNames("truncate text-xs", decides ? "font-semibold" : "text-muted")}
        title={label}
      >
        {label}
      </span>
      <div className={classNames("relative", DAY_LINES, decides ? "h-8" : "h-6")}>
        <ul aria-label={label}>
          {bars.map((bar) => (
            <BarItem key={bar.shift.start.getTime()} bar={bar} decides={decides} {...draw} />
          ))}
        </ul>
        {children}
      </div>
    </div>
  );
}

function BarItem({ bar, decides, names, tones, zone }: Drawing & { bar: Bar; decides: boolean }) {
  const { shift, left, width } = bar;
  if (shift.personId === null && !decides) return null;
  const name = shift.personId === null ? "Nobody" : (names[shift.personId] ?? shift.personId);
  const brief = shift.personId === null ? "–" : initialsOf(name);
  const text = width >= ROOM_FOR_NAME ? name : width >= ROOM_FOR_INITIALS ? brief : "";
  const sentence = sentenceOf(shift, name, zone);
  return (
    <li
      title={sentence}
      style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
      className={classNames(
        "absolute inset-y-0.5 flex items-center justify-center overflow-hidden rounded-sm border text-2xs",
        decides && "font-semibold",
        shift.personId === null ? "bg-bad-soft text-bad" : tones.get(shift.personId),
        shift.overrideId === null ? "border-surface" : "border-current border-dashed",
      )}
    >
      <span aria-hidden="true" className={width >= ROOM_FOR_NAME ? "truncate px-0.5" : "whitespace-nowrap"}>
        {text}
      </span>
      <span className="sr-only">{sentence}</span>
    </li>
  );
}

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("");
};

function sentenceOf({ start, end, layer, overrideId }: Shift, name: string, zone: string): string {
  const by = overrideId ? ", an override" : layer ? `, layer “${layer}”` : "";
  return `${name}: ${formatInstant(start, zone)} to ${formatInstant(end, zone)}${by}`;
}

function NowLine({ week, now }: { week: Week; now: number }) {
  if (now < week.bounds[0]! || now >= week.bounds[7]!) return null;
  return (
    <div
      aria-hidden="true"
      style={{ left: `${placeInWeek(week, now) * 100}%` }}
      className="pointer-events-none absolute -inset-y-px w-0.5 bg-bad"
    />
  );
}
