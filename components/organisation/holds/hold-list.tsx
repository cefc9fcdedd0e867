"use client";

import { Hand } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { formatUtc } from "@/components/ui/format-time";
import type { ActionResult } from "@/lib/adapters/action";
import type { HoldTargets } from "@/lib/holds/list-hold-targets";
import type { HoldView } from "@/lib/holds/list-holds";
import type { HoldInput } from "@/lib/holds/place-hold";
import { HoldDialog } from "./hold-dialog";

interface Props {
  holds: { inForce: HoldView[]; ended: HoldView[] };
  /** Null for those who may only look. */
  targets: HoldTargets | null;
  actions: {
    hold: (input: HoldInput) => Promise<ActionResult<{ id: string }>>;
    release: (input: { id: string }) => Promise<ActionResult<{ id: string }>>;
  };
}

/** What is held back to review now, and what was. */
export function HoldList({ holds, targets, actions }: Props) {
  const [open, setOpen] = useState(false);
  const { save, saving } = useSave();
  return (
    <PageFrame
      title="Holds"
      description="A hold sends what would run by itself to people instead: from the next draft on, and for everything that has not been carried out yet. Loosening anything else goes through the policy files."
      actions={
        targets && (
          <Button look="accent" onClick={() => setOpen(true)}>
            <Hand aria-hidden="true" className="size-4" /> Hold something back
          </Button>
        )
      }
    >
      {holds.inForce.length === 0 ? (
        <EmptyState title="Nothing is held back">
          What the policies let run by itself does. Hold back an agent, an action type or one rule when
          something looks wrong.
        </EmptyState>
      ) : (
        <ul aria-label="Holds in force" className="space-y-2">
          {holds.inForce.map((hold) => (
            <li
              key={hold.id}
              className="flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border border-l-4 border-l-warn bg-surface px-3 py-2.5"
            >
              <div className="min-w-0 flex-1">
                <p className="font-medium">
                  <Link href={`/organisation/holds/${hold.id}`} className="hover:text-accent hover:underline">
                    {hold.what}
                  </Link>
                </p>
                <p className="text-sm">{hold.reason}</p>
                <p className="mt-0.5 text-muted text-xs">
                  {hold.placedBy ?? "Countersign"}, {formatUtc(hold.placedAt)} ·{" "}
                  {hold.endsAt ? `until ${formatUtc(hold.endsAt)}` : "until it is released"} ·{" "}
                  {hold.waiting === 1
                    ? "1 draft waits because of it"
                    : `${hold.waiting} drafts wait because of it`}
                </p>
              </div>
              {targets && (
                <Button
                  disabled={saving}
                  onClick={() =>
                    save(() => actions.release({ id: hold.id }), `${hold.what} runs by its policy again`)
                  }
                >
                  Release
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {holds.ended.length > 0 && (
        <section className="mt-6">
          <h2 className="mb-1.5 font-semibold text-sm">Ended</h2>
          <ul className="divide-y rounded-lg border bg-surface text-sm">
            {holds.ended.map((hold) => (
              <li key={hold.id} className="px-3 py-2">
                <Link
                  href={`/organisation/holds/${hold.id}`}
                  className="font-medium hover:text-accent hover:underline"
                >
                  {hold.what}
                </Link>{" "}
                <span>{hold.reason}</span>
                <span className="block text-muted text-xs">
                  {hold.placedBy ?? "Countersign"}, {formatUtc(hold.placedAt)} ·{" "}
                  {hold.releasedBy ? `released by ${hold.releasedBy}` : "ended by itself"}
                  {hold.endedAt && `, ${formatUtc(hold.endedAt)}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {targets && <HoldDialog open={open} onOpenChange={setOpen} targets={targets} hold={actions.hold} />}
    </PageFrame>
  );
}
