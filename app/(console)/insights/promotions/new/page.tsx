import type { Metadata } from "next";
import { WizardPage } from "@/components/insights/promotion/wizard-page";
import { createContext } from "@/lib/adapters/context";
import { may } from "@/lib/auth/permissions";
import { requirePerson } from "@/lib/auth/require-person";
import { titleOf } from "@/lib/drafts/title-of";
import { CountersignError } from "@/lib/errors";
import { planPromotion } from "@/lib/insights/promotion/plan-promotion";
import { PERIODS, type PlanInput } from "@/lib/insights/promotion/promotion-content";
import { reviewedRules } from "@/lib/insights/promotion/rule-to-promote";
import { describeCondition } from "@/lib/policy/explain";
import { propose } from "../actions";

export const metadata: Metadata = { title: "Promote a rule" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewPromotionPage({ searchParams }: Props) {
  const actor = await requirePerson();
  const ctx = await createContext(actor);
  const rules = [...ctx.policies.values()].flatMap((policy) =>
    reviewedRules(policy).map(({ name, condition }) => ({
      type: policy.actionType,
      rule: name,
      label: `${titleOf(policy, policy.actionType)}: ${name} (${describeCondition(condition)})`,
    })),
  );
  const given = await searchParams;
  const text = (name: string) => (typeof given[name] === "string" ? given[name] : undefined);
  const asked = rules.find(({ type, rule }) => type === text("type") && rule === text("rule"));
  const first = asked ?? rules.find(({ type }) => type === text("type")) ?? rules[0];
  const percentage = Number(text("tolerance"));
  const choice = {
    type: first?.type ?? "",
    rule: first?.rule ?? "",
    tolerance: percentage >= 0.1 && percentage <= 50 ? percentage : 5,
    days: PERIODS.find((days) => days === Number(text("days"))) ?? 90,
    imported: text("imported") === "1",
    fact: text("fact") ?? "",
  };
  const wish: PlanInput = {
    actionType: choice.type,
    rule: choice.rule,
    tolerance: choice.tolerance / 100,
    days: choice.days,
    includeImported: choice.imported,
    ...(choice.fact ? { fact: choice.fact.slice(0, 100) } : {}),
  };
  const plan = first
    ? await planPromotion(ctx, wish).catch((error: unknown) => {
        if (error instanceof CountersignError && error.code === "not_found") return null;
        throw error;
      })
    : null;
  return (
    <WizardPage
      choice={choice}
      rules={rules}
      wish={wish}
      plan={plan}
      propose={may(actor, "promotion.write") ? propose : null}
    />
  );
}
