"use client";

import { useState } from "react";
import type { ServerAction } from "@/components/organisation/server-action";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import type { decidePromotion } from "@/lib/insights/promotion/decide-promotion";

/** Accept what is on the screen, or decline it, with a reason. Whoever proposed it may only withdraw it. */
export function DecidePanel({
  id,
  contentHash,
  isOwn,
  isOutdated,
  decide,
}: {
  id: string;
  contentHash: string;
  isOwn: boolean;
  isOutdated: boolean;
  decide: ServerAction<typeof decidePromotion>;
}) {
  const { save, saving, errors } = useSave();
  const [reason, setReason] = useState("");
  const send = (verdict: "accept" | "decline", done: string) =>
    save(() => decide({ id, verdict, reason, contentHash }), done);
  return (
    <section
      aria-label="Decide"
      className="rounded-lg border border-l-4 border-l-warn bg-surface px-3.5 py-3"
    >
      <h2 className="font-semibold text-sm">{isOwn ? "You proposed this" : "Accept or decline"}</h2>
      <p className="mt-0.5 text-muted text-sm">
        {isOwn
          ? "Somebody else must accept it: loosening takes two people. You can withdraw it."
          : isOutdated
            ? "The policy has changed since this was worked out, so it can no longer be accepted. Decline it, and propose it anew."
            : "You accept exactly what is on this page. Look at the drafts people stopped and at the change of the files."}
      </p>
      <Field label="Why" className="mt-2" error={errors["/reason"]}>
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div className="mt-2 flex flex-wrap gap-2">
        {!isOwn && (
          <Button
            look="primary"
            disabled={saving || isOutdated}
            onClick={() => send("accept", "Accepted: the patch can be taken")}
          >
            Accept
          </Button>
        )}
        <Button
          look="danger"
          disabled={saving}
          onClick={() => send("decline", isOwn ? "Withdrawn" : "Declined")}
        >
          {isOwn ? "Withdraw" : "Decline"}
        </Button>
      </div>
    </section>
  );
}
