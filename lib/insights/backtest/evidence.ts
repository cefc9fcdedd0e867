import { isWrong, type PastCase, type PastOutcome } from "./past-case";
import { upperBound } from "./upper-bound";

/** What people's decisions say of a set of drafts, had it run by itself. */
export interface Evidence {
  /** How many drafts there were. */
  drafts: number;
  /** How many of them people decided, or looked at afterwards: the evidence. */
  decided: number;
  /** How many of those people rejected, sent back, edited or overturned. */
  wrong: number;
  outcomes: Record<PastOutcome, number>;
  /** The share of wrong ones is under this, with 95 % confidence. */
  bound: number;
}

/** Counts cases one by one; `total()` answers what they come to. */
export class Tally {
  private drafts = 0;
  private decided = 0;
  private wrong = 0;
  private readonly outcomes: Record<PastOutcome, number> = {
    approved: 0,
    edited: 0,
    rejected: 0,
    changes_requested: 0,
    upheld: 0,
    overturned: 0,
  };

  add({ outcome }: Pick<PastCase, "outcome">): void {
    this.drafts++;
    if (outcome === null) return;
    this.decided++;
    this.outcomes[outcome]++;
    if (isWrong(outcome)) this.wrong++;
  }

  total(): Evidence {
    const { drafts, decided, wrong, outcomes } = this;
    return { drafts, decided, wrong, outcomes: { ...outcomes }, bound: upperBound(wrong, decided) };
  }
}
