"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ServerAction } from "@/components/organisation/server-action";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import type { PlanInput, PromotionLimit } from "@/lib/insights/promotion/promotion-content";
import type { proposePromotion } from "@/lib/insights/promotion/propose-promotion";
import { factWords } from "@/lib/policy/explain";
import { numberWords, promotionHref } from "./promotion-words";

/** The limit, its end and why: what a second person is asked to accept. */
export function ProposeForm({
  wish,
  limit,
  currency,
  propose,
}: {
  wish: PlanInput;
  limit: PromotionLimit;
  currency: string | null;
  propose: ServerAction<typeof proposePromotion>;
}) {
  const router = useRouter();
  const { save, saving, errors } = useSave();
  const [value, setValue] = useState(String(limit.value));
  const [sample, setSample] = useState("10");
  const [days, setDays] = useState("90");
  const [reason, setReason] = useState("");
  const send = async () => {
    const input = {
      ...wish,
      fact: limit.fact,
      value: Number(value),
      sampleReview: Number(sample) / 100,
      leaseDays: Number(days),
      reason,
    };
    const made = await save(() => propose(input), "Proposed: a second person must accept it");
    if (made) router.push(promotionHref(made.id));
  };
  const side = limit.direction === "lte" ? "or lower" : "or higher";
  return (
    <section aria-label="Propose it" className="rounded-lg border bg-surface px-3.5 py-3">
      <h2 className="font-semibold text-sm">Propose it</h2>
      <p className="mt-0.5 text-muted text-sm">
        A second person must accept it. Then it is a change of the policy files, reviewed like any other, and
        it ends by itself.
      </p>
      <form
        className="mt-3 grid grid-cols-2 gap-3 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Field
          label={`Limit on ${factWords(limit.fact)}`}
          hint={`${numberWords(limit.value, limit.fact, currency)} ${side}`}
          error={errors["/value"]}
          className="col-span-2 sm:col-span-1"
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              step="any"
              required
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
        <Field label="Checked afterwards, %" hint="by people, at random" error={errors["/sampleReview"]}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={100}
              step="any"
              required
              value={sample}
              onChange={(event) => setSample(event.target.value)}
            />
          )}
        </Field>
        <Field label="Ends after, days" hint="then people review again" error={errors["/leaseDays"]}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={366}
              step={1}
              required
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Why"
          className="col-span-2 sm:col-span-3"
          error={errors["/reason"]}
          hint="Whoever accepts it reads this, and it stays with the change"
        >
          {(control) => (
            <TextArea
              {...control}
              rows={3}
              required
              minLength={3}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <div className="col-span-2 sm:col-span-3">
          <Button type="submit" look="accent" disabled={saving}>
            Propose
          </Button>
        </div>
      </form>
    </section>
  );
}
