import type { PastCase } from "./past-case";

/** Values of one kind, one for each case. Of few different ones, each stands once, and a character says which. */
type Packed = readonly unknown[] | { few: readonly unknown[]; at: string };

/** Cases as they lie in the database: columns, not rows, which is a tenth of the work to read. */
export interface PackedCases {
  ids: string;
  at: Packed;
  agentId: Packed;
  subjectType: Packed;
  outcome: Packed;
  seconds: Packed;
  values: Packed[];
}

/** Packs cases that have `columns` values each. None of them was imported: those are not packed. */
export function packCases(cases: readonly PastCase[], columns: number): PackedCases {
  const pack = (read: (each: PastCase) => unknown) => packValues(cases.map(read));
  return {
    ids: cases.map(({ id }) => id).join(" "),
    at: pack(({ at }) => at),
    agentId: pack(({ agentId }) => agentId),
    subjectType: pack(({ subjectType }) => subjectType),
    outcome: pack(({ outcome }) => outcome),
    seconds: pack(({ seconds }) => seconds),
    values: Array.from({ length: columns }, (_, column) => pack(({ values }) => values[column])),
  };
}

/**
 * The cases that `packCases` packed. `wanted` names the columns of the answer by their places among the packed ones; −1 is
 * unknown of all.
 */
export function unpackCases(packed: PackedCases, wanted: readonly number[]): PastCase[] {
  const ids = packed.ids === "" ? [] : packed.ids.split(" ");
  const count = ids.length;
  const unpack = (values: Packed) => unpackValues(values) as never[];
  const [at, agentId, subjectType] = [unpack(packed.at), unpack(packed.agentId), unpack(packed.subjectType)];
  const [outcome, seconds] = [unpack(packed.outcome), unpack(packed.seconds)];
  const columns = wanted.map((place) => (place < 0 ? null : unpack(packed.values[place]!)));
  // A hundred thousand at once: loops, where a closure for each case takes three times as long.
  const cases = new Array<PastCase>(count);
  for (let index = 0; index < count; index++) {
    const values = new Array<unknown>(columns.length);
    for (let column = 0; column < columns.length; column++) values[column] = columns[column]?.[index] ?? null;
    cases[index] = {
      id: ids[index]!,
      at: at[index]!,
      agentId: agentId[index]!,
      subjectType: subjectType[index]!,
      imported: false,
      outcome: outcome[index]!,
      seconds: seconds[index]!,
      values,
    };
  }
  return cases;
}

/** The characters from "#" to "[" stand in JSON as they are. */
const FIRST = 35;
const FEW = 57;

function packValues(values: readonly unknown[]): Packed {
  const places = new Map<unknown, string>();
  let at = "";
  for (const value of values) {
    // What is no single value is never the same as another.
    if (typeof value === "object" && value !== null) return values;
    let place = places.get(value);
    if (place === undefined) {
      if (places.size === FEW) return values;
      place = String.fromCharCode(FIRST + places.size);
      places.set(value, place);
    }
    at += place;
  }
  return { few: [...places.keys()], at };
}

function unpackValues(packed: Packed): readonly unknown[] {
  if (!("few" in packed)) return packed;
  const { few, at } = packed;
  const values = new Array<unknown>(at.length);
  for (let index = 0; index < at.length; index++) values[index] = few[at.charCodeAt(index) - FIRST];
  return values;
}
