"use client";

import { useMemo, useState } from "react";
import { Combobox, type ComboboxControl } from "@/components/ui/combobox";

const MOST = 60;

/** "UTC+05:45" as of now. */
function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    timeZoneName: "longOffset",
  }).formatToParts();
  return (parts.find(({ type }) => type === "timeZoneName")?.value ?? "").replace("GMT", "UTC");
}

const inWords = (zone: string) => zone.toLowerCase().replaceAll(/[_/]/g, " ");

let everyZone: string[] | undefined;
const zones = () => {
  everyZone ??= [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
  return everyZone;
};

interface Props extends ComboboxControl {
  /** Empty for none. */
  value: string;
  onChange: (zone: string) => void;
  /** What it means to choose none; one has to be chosen when left out. */
  none?: string;
}

/** Chooses a time zone by typing part of its name, of every zone this browser knows. */
export function ZonePicker({ value, onChange, none, ...control }: Props) {
  const [query, setQuery] = useState<string | null>(null);
  const choices = useMemo(() => {
    if (query === null) return [];
    const words = inWords(query).split(/\s+/).filter(Boolean);
    return zones()
      .filter((zone) => words.every((word) => inWords(zone).includes(word)))
      .slice(0, MOST);
  }, [query]);
  return (
    <Combobox
      {...control}
      text={value}
      query={query}
      onQuery={setQuery}
      choices={choices}
      keyOf={(zone) => zone}
      render={(zone) => (
        <>
          <span>{zone}</span>
          <span className="tabular text-muted text-xs">{offsetOf(zone)}</span>
        </>
      )}
      onChoose={onChange}
      onClear={none === undefined ? undefined : () => onChange("")}
      listLabel="Time zones"
      placeholder={none || "Type a city, such as Berlin"}
      none="No zone matches."
    />
  );
}
