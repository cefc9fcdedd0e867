"use client";

import { useState } from "react";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { formatUtc } from "@/components/ui/format-time";
import { Panel } from "@/components/ui/panel";
import { TextArea } from "@/components/ui/text-area";
import type { ActionResult } from "@/lib/adapters/action";
import type { SignQuarterInput } from "@/lib/insights/quarter/sign-quarter";
import type { QuarterReview } from "@/lib/insights/quarter/types";

/** Who went through the quarter, and the way to say that one has. */
export function SignOffPanel({
  review: { quarter, findings, preparing, signOffs },
  looked,
  sign,
}: {
  review: QuarterReview;
  looked: ReadonlySet<string>;
  sign: ((input: SignQuarterInput) => Promise<ActionResult<{ id: string }>>) | null;
}) {
  const [note, setNote] = useState("");
  const { save, saving } = useSave();
  const count = findings.filter(({ id }) => looked.has(id)).length;
  const submit = async () => {
    if (!sign) return;
    const seen = findings.map(({ id }) => id);
    const input = { quarter, seen, lookedAt: [...looked], ...(note.trim() ? { note } : {}) };
    if (await save(() => sign(input), `${quarter.replace("-", " ")} is signed off`)) setNote("");
  };
  return (
    <Panel title="Signed off" className="mt-6 max-w-3xl break-inside-avoid">
      {signOffs.length === 0 ? (
        <p className="text-muted text-sm">Nobody has gone through this quarter yet.</p>
      ) : (
        <ul className="space-y-1.5 text-sm">
          {signOffs.map((signOff) => (
            <li key={signOff.id}>
              <span className="font-medium">{signOff.person}</span>, {formatUtc(signOff.signedAt)} ·{" "}
              <span className="text-muted">
                {signOff.lookedAt} of {signOff.findings} marked as looked at
              </span>
              {signOff.note && <span className="block break-words">{signOff.note}</span>}
            </li>
          ))}
        </ul>
      )}
      {sign && (
        <form
          className="mt-3 space-y-2.5 print:hidden"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Field label="What was decided" hint="If there is anything to remember. It is kept with your name.">
            {(control) => (
              <TextArea
                {...control}
                rows={2}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          <div className="flex flex-wrap items-center gap-3">
            <Button look="accent" type="submit" disabled={saving || preparing !== null}>
              Sign off
            </Button>
            <p className="text-muted text-xs">
              {count} of {findings.length} marked as looked at. What the page says now is kept with it.
            </p>
          </div>
        </form>
      )}
    </Panel>
  );
}
