import type { ApproverRuleDefinition, ApproverTarget } from "@/lib/routing/approver-rule";

export type TargetKind = ApproverTarget["kind"];

/** One target as the form has it: `id` is empty until somebody or something is chosen. */
export interface TargetForm {
  key: number;
  kind: TargetKind;
  id: string;
  name: string;
  departments: string[];
}

/** One band as the form has it; the upper bound is what was typed, and the last band's is not used. */
export interface BandForm {
  key: number;
  upTo: string;
  mode: "first" | "all";
  ask: TargetForm[];
}

let lastKey = 0;
const nextKey = () => {
  lastKey += 1;
  return lastKey;
};

export const newTarget = (kind: TargetKind): TargetForm => ({
  key: nextKey(),
  kind,
  id: "",
  name: "",
  departments: [],
});

export const newBand = (): BandForm => ({
  key: nextKey(),
  upTo: "",
  mode: "first",
  ask: [newTarget("person")],
});

/** The form of a stored rule; one open band when there is none yet. */
export function toForm(
  bands: readonly {
    up_to: number | null;
    mode: "first" | "all";
    ask: (ApproverTarget & { name: string })[];
  }[],
): BandForm[] {
  if (bands.length === 0) return [newBand()];
  return bands.map(({ up_to, mode, ask }) => ({
    key: nextKey(),
    upTo: up_to === null ? "" : String(up_to),
    mode,
    ask: ask.map((target) => ({
      key: nextKey(),
      kind: target.kind,
      id: "id" in target ? target.id : "",
      name: target.name,
      departments: target.departments ?? [],
    })),
  }));
}

/** The rule the form says. What is not chosen or not a number yet is left for the server to refuse at its place. */
export const toDefinition = (bands: readonly BandForm[]): ApproverRuleDefinition => ({
  bands: bands.map(({ upTo, mode, ask }, index) => ({
    up_to: index === bands.length - 1 ? null : Number(upTo.replaceAll(",", "")),
    mode,
    ask: ask.map(toTarget),
  })),
});

function toTarget({ kind, id, departments }: TargetForm): ApproverTarget {
  const limited = departments.length ? { departments } : {};
  if (kind === "department_head" || kind === "every_approver") return { kind, ...limited };
  return { kind, id, ...limited };
}
