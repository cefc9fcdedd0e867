"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { ZonePicker } from "@/components/organisation/zone-picker";
import { Field, Input, Select } from "@/components/ui/field";
import { WEEKDAYS } from "@/lib/routing/spell-schedule";
import type { LayerForm } from "./editor-model";
import { ParticipantsField } from "./participants-field";
import { RestrictionsField } from "./restrictions-field";
import { SmallButton } from "./small-button";

interface Props {
  layer: LayerForm;
  /** The sentence about a field of this layer, by its path in the definition. */
  errorAt: (path: string) => string | undefined;
  /** The zone that holds when the layer names none. */
  scheduleZone: string;
  place: { isTop: boolean; isBottom: boolean; isOnly: boolean };
  onChange: (change: Partial<LayerForm>) => void;
  onMove: (step: -1 | 1) => void;
  onRemove: () => void;
}

export const layerId = (key: string) => `schedule-layer-${key}`;

/** One layer: who takes turns, when they hand over, and when it applies. */
export function LayerCard({ layer, errorAt, scheduleZone, place, onChange, onMove, onRemove }: Props) {
  const title = layer.name || "Layer without a name";
  return (
    <section
      id={layerId(layer.key)}
      aria-label={`Layer: ${title}`}
      tabIndex={-1}
      className="scroll-mt-16 rounded-lg border bg-surface"
    >
      <header className="flex items-center justify-between gap-2 border-b px-3 py-1.5">
        <h3 className="min-w-0 truncate font-semibold text-sm">{title}</h3>
        <div className="flex shrink-0 items-center">
          <SmallButton
            label={`Move ${title} up`}
            icon={ArrowUp}
            disabled={place.isTop}
            onClick={() => onMove(1)}
          />
          <SmallButton
            label={`Move ${title} down`}
            icon={ArrowDown}
            disabled={place.isBottom}
            onClick={() => onMove(-1)}
          />
          <SmallButton label={`Remove ${title}`} icon={Trash2} disabled={place.isOnly} onClick={onRemove} />
        </div>
      </header>
      <div className="grid gap-3 px-3 py-3 sm:grid-cols-2">
        <Field label="Layer name" error={errorAt("/name")}>
          {(control) => (
            <Input
              {...control}
              value={layer.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Its own time zone" optional error={errorAt("/time_zone")}>
          {(control) => (
            <ZonePicker
              {...control}
              value={layer.zone}
              none={`The schedule's: ${scheduleZone}`}
              onChange={(zone) => onChange({ zone })}
            />
          )}
        </Field>
        <ParticipantsField
          className="sm:col-span-2"
          layerName={title}
          participants={layer.participants}
          error={errorAt("/participants")}
          onChange={(participants) => onChange({ participants })}
        />
        <RotationFields {...{ layer, errorAt, onChange }} />
        <RestrictionsField
          className="sm:col-span-2"
          layerName={title}
          restrictions={layer.restrictions}
          errorAt={(path) => errorAt(`/restrictions${path}`)}
          onChange={(restrictions) => onChange({ restrictions })}
        />
      </div>
    </section>
  );
}

function RotationFields({ layer, errorAt, onChange }: Pick<Props, "layer" | "errorAt" | "onChange">) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Turns last" error={errorAt("/rotation/every")}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={layer.every}
              onChange={(event) => onChange({ every: event.target.value })}
            />
          )}
        </Field>
        <Field label="Unit">
          {(control) => (
            <Select
              {...control}
              value={layer.unit}
              onChange={(event) => onChange({ unit: event.target.value as LayerForm["unit"] })}
            >
              <option value="hour">{layer.every === "1" ? "hour" : "hours"}</option>
              <option value="day">{layer.every === "1" ? "day" : "days"}</option>
              <option value="week">{layer.every === "1" ? "week" : "weeks"}</option>
            </Select>
          )}
        </Field>
      </div>
      <div className="grid grid-cols-2 gap-3">
        {layer.unit === "week" && (
          <Field label="Hand over" error={errorAt("/rotation/weekday")}>
            {(control) => (
              <Select
                {...control}
                value={layer.weekday}
                onChange={(event) => onChange({ weekday: Number(event.target.value) })}
              >
                {WEEKDAYS.map((name, index) => (
                  <option key={name} value={index + 1}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label={layer.unit === "hour" ? "Counted from" : "At"} error={errorAt("/rotation/handover")}>
          {(control) => (
            <Input
              {...control}
              type="time"
              value={layer.handover}
              onChange={(event) => onChange({ handover: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label="Starts on" error={errorAt("/starts_on")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={layer.startsOn}
            onChange={(event) => onChange({ startsOn: event.target.value })}
          />
        )}
      </Field>
      <Field label="Last day" optional error={errorAt("/ends_on")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={layer.endsOn}
            onChange={(event) => onChange({ endsOn: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
