import { z } from "zod";

const id = z.string().min(1).max(100);
/** Asked only about drafts of these departments; about all when left out. */
const departments = z.array(id).min(1).max(100).optional();

const target = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("person"), id, departments }),
  z.strictObject({ kind: z.literal("group"), id, departments }),
  z.strictObject({ kind: z.literal("schedule"), id, departments }),
  z.strictObject({ kind: z.literal("department_head"), departments }),
  z.strictObject({ kind: z.literal("every_approver"), departments }),
]);

const band = z.strictObject({
  /** The band covers amounts up to this one, in the currency's main unit; null for all beyond, and unknown ones. */
  up_to: z.number().positive("an amount over zero").nullable(),
  /** `first`: those named first, and the next only as far as the quorum needs them; `all`: everyone named. */
  mode: z.enum(["first", "all"]),
  ask: z.array(target).min(1, "somebody to ask").max(50),
});

/** Whom an approver rule asks, by amount band. The last band is open, so that every amount has its people. */
export const approverRuleSchema = z
  .strictObject({ bands: z.array(band).min(1, "at least one band").max(20) })
  .superRefine(({ bands }, context) => {
    bands.forEach(({ up_to }, index) => {
      const refuse = (message: string) =>
        context.addIssue({ code: "custom", path: ["bands", index, "up_to"], message });
      const before = bands[index - 1]?.up_to ?? 0;
      const isLast = index === bands.length - 1;
      if (isLast && up_to !== null)
        refuse("the last band has no upper bound: no amount may be left without people");
      if (!isLast && up_to === null) refuse("only the last band has no upper bound");
      if (up_to !== null && up_to <= before) refuse(`more than the band before (${before})`);
    });
  });

export type ApproverRuleDefinition = z.output<typeof approverRuleSchema>;
export type ApproverBand = ApproverRuleDefinition["bands"][number];
export type ApproverTarget = ApproverBand["ask"][number];

/** The band that an amount falls into; an unknown amount falls into the last. */
export function bandOf({ bands }: ApproverRuleDefinition, amount: number | null): number {
  const index = bands.findIndex(({ up_to }) => up_to === null || (amount !== null && amount <= up_to));
  return index < 0 ? bands.length - 1 : index;
}
