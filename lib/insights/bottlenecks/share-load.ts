import type { Directory } from "@/lib/routing/directory";
import { type Resolution, resolveApprovers } from "@/lib/routing/resolve-approvers";
import type { WaitingDraft } from "./read-waiting";

/** Who may decide what waits. */
export interface SharedLoad {
  /** By person: drafts they may decide, and those that nobody else may. */
  byPerson: Map<string, { mayDecide: number; onlyThey: number }>;
  /** By rule: drafts that fewer people may decide than still have to. */
  stuckByRule: Map<string, number>;
}

/** Resolves who may decide each waiting draft at a moment. Drafts that are alike are resolved once. */
export function shareLoad(directory: Directory, waiting: readonly WaitingDraft[], at: Date): SharedLoad {
  const load: SharedLoad = { byPerson: new Map(), stuckByRule: new Map() };
  const known = new Map<string, Resolution>();
  for (const { rule, amount, departmentId, required, barred, decided } of waiting) {
    const key = JSON.stringify([rule, amount, departmentId, required, barred]);
    let resolution = known.get(key);
    if (!resolution) {
      const question = { rule, amount, departmentId, required, at, barred: new Set(barred) };
      resolution = resolveApprovers(directory, question);
      known.set(key, resolution);
    }
    const left = resolution.approvers.filter(({ personId }) => !decided.includes(personId));
    const isStuck = left.length < Math.max(required - decided.length, 1);
    if (isStuck) load.stuckByRule.set(rule, (load.stuckByRule.get(rule) ?? 0) + 1);
    for (const { personId } of left) {
      const own = load.byPerson.get(personId) ?? { mayDecide: 0, onlyThey: 0 };
      load.byPerson.set(personId, own);
      own.mayDecide += 1;
      if (left.length === 1) own.onlyThey += 1;
    }
  }
  return load;
}
