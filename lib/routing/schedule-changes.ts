import type { Layer, Schedule } from "./schedule";
import { spellRestrictions, spellRotation } from "./spell-schedule";

/** A schedule as one version has it. */
export interface NamedSchedule {
  name: string;
  definition: Schedule;
}

/** What differs between two versions of a schedule, a sentence each; none when they say the same. */
export function scheduleChanges(
  before: NamedSchedule,
  after: NamedSchedule,
  nameOf: (personId: string) => string,
): string[] {
  const changes: string[] = [];
  if (before.name !== after.name) changes.push(`Renamed from “${before.name}” to “${after.name}”.`);
  const [oldZone, newZone] = [before.definition.time_zone, after.definition.time_zone];
  if (oldZone !== newZone) changes.push(`Time zone ${newZone} (was ${oldZone}).`);
  const pairs = pairLayers(before.definition.layers, after.definition.layers);
  for (const layer of before.definition.layers) {
    if (![...pairs.values()].includes(layer)) changes.push(`Layer “${layer.name}” removed.`);
  }
  for (const layer of after.definition.layers) {
    const old = pairs.get(layer);
    changes.push(...(old ? layerChanges(old, layer, nameOf) : [spellAdded(layer, nameOf)]));
  }
  const kept = after.definition.layers.flatMap((layer) => pairs.get(layer) ?? []);
  const inOldOrder = before.definition.layers.filter((layer) => kept.includes(layer));
  if (kept.some((layer, index) => layer !== inOldOrder[index])) {
    const names = after.definition.layers.map(({ name }) => `“${name}”`).join(", ");
    changes.push(`Layers in another order: ${names}; each lies on top of those before it.`);
  }
  return changes;
}

/** The former layer of each: by name, and those left over by saying the same under another name. */
function pairLayers(before: readonly Layer[], after: readonly Layer[]): Map<Layer, Layer> {
  const pairs = new Map<Layer, Layer>();
  for (const layer of after) {
    const same = before.find(({ name }) => name === layer.name);
    if (same) pairs.set(layer, same);
  }
  const left = before.filter((layer) => ![...pairs.values()].includes(layer));
  for (const layer of after.filter((each) => !pairs.has(each))) {
    const index = left.findIndex((each) => withoutName(each) === withoutName(layer));
    if (index >= 0) pairs.set(layer, left.splice(index, 1)[0]!);
  }
  return pairs;
}

const withoutName = ({
  participants,
  rotation,
  starts_on,
  ends_on,
  time_zone,
  restrictions,
}: Layer): string =>
  JSON.stringify([
    participants,
    spellRotation(rotation),
    starts_on,
    ends_on,
    time_zone,
    spellRestrictions(restrictions),
  ]);

const listNames = (ids: readonly string[], nameOf: (id: string) => string) => ids.map(nameOf).join(", ");

const spellAdded = (layer: Layer, nameOf: (id: string) => string): string =>
  `Layer “${layer.name}” added: ${listNames(layer.participants, nameOf)}, ${spellRotation(layer.rotation)}, ` +
  `${spellRestrictions(layer.restrictions)}, from ${layer.starts_on}.`;

function layerChanges(old: Layer, layer: Layer, nameOf: (id: string) => string): string[] {
  const changes: string[] = [];
  const say = (what: string) => changes.push(`Layer “${layer.name}”: ${what}.`);
  if (old.name !== layer.name) say(`was called “${old.name}”`);
  const gone = old.participants.filter((id) => !layer.participants.includes(id));
  const come = layer.participants.filter((id) => !old.participants.includes(id));
  if (gone.length) say(`without ${listNames([...new Set(gone)], nameOf)}`);
  if (come.length) say(`with ${listNames([...new Set(come)], nameOf)}`);
  const isReordered = old.participants.join() !== layer.participants.join();
  if (isReordered && (gone.length === 0 || come.length > 0)) {
    say(`turns in the order ${listNames(layer.participants, nameOf)}`);
  }
  const compare = (what: string, was: string, is: string) => was !== is && say(`${what} ${is} (was ${was})`);
  compare("hands over", spellRotation(old.rotation), spellRotation(layer.rotation));
  compare("time zone", old.time_zone ?? "the schedule's", layer.time_zone ?? "the schedule's");
  compare("starts on", old.starts_on, layer.starts_on);
  compare("ends on", old.ends_on ?? "no day", layer.ends_on ?? "no day");
  compare("applies", spellRestrictions(old.restrictions), spellRestrictions(layer.restrictions));
  return changes;
}
