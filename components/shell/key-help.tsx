"use client";

import { Switch } from "radix-ui";
import { Dialog } from "@/components/ui/dialog";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { keyGroups } from "./key-list";
import { writeSingleKeys } from "./single-keys";
import { useCommandKey } from "./use-command-key";
import { useSingleKeys } from "./use-single-keys";

/** The keys by where they work, and the switch that turns the single ones off. */
export function KeyHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const isOn = useSingleKeys();
  const command = useCommandKey();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" wide>
      <ScrollRegion label="All keys" className="min-h-0 gap-x-8 overflow-y-auto px-4 py-3 sm:columns-2">
        {keyGroups(command).map(({ where, keys }) => (
          <section key={where} aria-label={where} className="mb-4 break-inside-avoid">
            <h3 className="mb-1.5 font-semibold text-xs">{where}</h3>
            <dl className="grid grid-cols-[5.5rem_1fr] items-baseline gap-y-1 text-sm">
              {keys.map(([pressed, what]) => (
                <div key={pressed} className="contents">
                  <dt className="font-medium font-mono text-xs">{pressed}</dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </ScrollRegion>
      <div className="flex items-center justify-between gap-4 border-t px-4 py-3 text-sm">
        <span id="single-keys">
          Single keys act
          <span className="text-muted"> · in this browser; {command}K and Esc always do</span>
        </span>
        <Switch.Root
          aria-labelledby="single-keys"
          checked={isOn}
          onCheckedChange={writeSingleKeys}
          className="h-5 w-9 shrink-0 rounded-full bg-strong-line data-[state=checked]:bg-accent"
        >
          <Switch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-[1.125rem]" />
        </Switch.Root>
      </div>
    </Dialog>
  );
}
