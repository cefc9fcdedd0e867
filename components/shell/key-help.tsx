"use client";

import { Keyboard } from "lucide-react";
import { useRouter } from "next/navigation";
import { Switch } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { readSingleKeys, writeSingleKeys } from "./single-keys";
import { useKeys } from "./use-keys";

const KEYS: [keys: string, what: string][] = [
  ["j / k", "Next, previous"],
  ["Enter or o", "Open"],
  ["a", "Approve"],
  ["e", "Edit, then approve"],
  ["r", "Reject, with a reason"],
  ["c", "Ask for changes"],
  ["u", "Undo your approval, while the policy gives time"],
  ["Esc", "Back to the list"],
  ["g then i", "Go to the inbox"],
  ["g then n", "Go to the drafts for named approvers"],
  ["?", "These keys"],
];
const SEQUENCE_MS = 1200;

/** The keys, the switch that turns them off, and the ones that work everywhere: `?`, `g i`, `g n`. */
export function KeyHelp() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(true);
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY);
  const afterGo = (href: string) => {
    if (performance.now() - goPressedAt.current < SEQUENCE_MS) router.push(href);
    goPressedAt.current = Number.NEGATIVE_INFINITY;
  };
  useEffect(() => setOn(readSingleKeys()), []);
  useKeys({
    "?": () => setOpen(true),
    g: () => {
      goPressedAt.current = performance.now();
    },
    i: () => afterGo("/inbox?queue=batch"),
    n: () => afterGo("/inbox?queue=named"),
  });

  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        title="Keys (?)"
        aria-label="Keyboard keys"
        className="hidden size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink sm:pointer-fine:inline-flex"
      >
        <Keyboard aria-hidden="true" className="size-4" />
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Keys">
        <div className="overflow-y-auto px-4 py-3">
          <dl className="grid grid-cols-[7rem_1fr] gap-y-1.5 text-sm">
            {KEYS.map(([keys, what]) => (
              <div key={keys} className="contents">
                <dt className="font-medium font-mono text-xs">{keys}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <div className="mt-4 flex items-center justify-between gap-4 border-t pt-3 text-sm">
            <span id="single-keys">Single keys act (this browser)</span>
            <Switch.Root
              aria-labelledby="single-keys"
              checked={on}
              onCheckedChange={(checked) => {
                writeSingleKeys(checked);
                setOn(checked);
              }}
              className="h-5 w-9 rounded-full bg-strong-line data-[state=checked]:bg-accent"
            >
              <Switch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-[1.125rem]" />
            </Switch.Root>
          </div>
        </div>
      </Dialog>
    </>
  );
}
