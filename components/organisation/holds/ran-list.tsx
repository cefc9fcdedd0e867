"use client";

import Link from "next/link";
import { useState } from "react";
import { useSave } from "@/components/organisation/use-save";
import { Button } from "@/components/ui/button";
import { formatUtc } from "@/components/ui/format-time";
import { formatMoney } from "@/components/ui/format-value";
import { HostileText } from "@/components/ui/hostile-text";
import type { RanItem } from "@/lib/checks/samples/list-ran-under-rule";
import type { HoldActions } from "./hold-page";

/** What a rule let run, to be looked through; those that nobody is to look at can be put before people. */
export function RanList({
  items,
  putBefore,
}: {
  items: RanItem[];
  putBefore: HoldActions["putBefore"] | null;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { save, saving } = useSave();
  const open = items.filter(isOpen).map(({ id }) => id);
  const all = open.length > 0 && open.every((id) => chosen.has(id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const ask = async () => {
    const count = chosen.size;
    const done = `${count} ${count === 1 ? "draft waits" : "drafts wait"} for a look afterwards`;
    const draftIds = [...chosen];
    if (putBefore && (await save(() => putBefore({ draftIds }), done))) setChosen(new Set());
  };
  return (
    <>
      <div className="overflow-x-auto rounded-lg border bg-surface">
        <table aria-label="What the rule let run" className="w-full border-collapse text-sm">
          <thead>
            <tr className="border-b bg-sunken text-left text-muted text-xs">
              {putBefore && (
                <th scope="col" className="w-9 py-1.5 pl-3">
                  <input
                    type="checkbox"
                    aria-label="All that nobody has looked at"
                    checked={all}
                    disabled={open.length === 0}
                    onChange={() => setChosen(new Set(all ? [] : open))}
                    className="align-middle accent-accent"
                  />
                </th>
              )}
              <th scope="col" className="px-3 py-1.5 font-medium">
                Draft
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-medium">
                Amount
              </th>
              <th scope="col" className="hidden px-3 py-1.5 font-medium sm:table-cell">
                Agent
              </th>
              <th scope="col" className="hidden px-3 py-1.5 font-medium md:table-cell">
                Ran
              </th>
              <th scope="col" className="px-3 py-1.5 font-medium">
                State
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {items.map((item) => (
              <tr key={item.id} className="hover:bg-hover">
                {putBefore && (
                  <td className="py-2 pl-3">
                    <input
                      type="checkbox"
                      aria-label={`Put before people: ${item.summary}`}
                      checked={chosen.has(item.id)}
                      disabled={!isOpen(item)}
                      onChange={() => toggle(item.id)}
                      className="align-middle accent-accent disabled:opacity-30"
                    />
                  </td>
                )}
                <td className="min-w-40 px-3 py-2">
                  <Link
                    href={`/inbox/${encodeURIComponent(item.id)}`}
                    className="font-medium hover:text-accent hover:underline"
                  >
                    <HostileText text={item.summary} />
                  </Link>
                  <span className="block text-muted text-xs [overflow-wrap:anywhere]">
                    {item.subject.type} <HostileText text={item.subject.id} />
                  </span>
                </td>
                <td className="tabular whitespace-nowrap px-3 py-2 text-right">
                  {item.amount === null ? "—" : formatMoney(item.amount, item.currency)}
                </td>
                <td className="hidden px-3 py-2 sm:table-cell">{item.agentName}</td>
                <td className="tabular hidden whitespace-nowrap px-3 py-2 text-muted text-xs md:table-cell">
                  {formatUtc(item.ranAt)}
                </td>
                <td className="px-3 py-2 text-xs">{stateWords(item)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {putBefore && (
        <div className="mt-2 flex flex-wrap items-center gap-3">
          <Button look="accent" disabled={chosen.size === 0 || saving} onClick={ask}>
            Put {chosen.size > 0 ? chosen.size : "chosen"} before people
          </Button>
          <p className="text-muted text-xs">
            They come to the queue “afterwards” of those who decide such drafts. The agent is told nothing.
          </p>
        </div>
      )}
    </>
  );
}

const isOpen = ({ status, afterReview }: RanItem): boolean => status === "executed" && afterReview === null;

const LOOKS = {
  waiting: "executed, waits for a look",
  upheld: "executed, upheld",
  overturned: "executed, overturned",
} as const;

const stateWords = ({ status, afterReview }: RanItem): string =>
  status === "executed"
    ? afterReview === null
      ? "executed, nobody looked"
      : LOOKS[afterReview]
    : status === "approved"
      ? "waits for its execution"
      : status;
