"use client";

import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { useKeys } from "@/components/shell/use-keys";
import { Button } from "@/components/ui/button";
import type { Timed } from "@/components/workspace/timed";
import { useInboxState } from "@/components/workspace/workspace-provider";
import type { Batch, BatchGroup, BatchItem, BatchResult } from "@/lib/drafts/batch/types";
import { ApproveDialog } from "./approve-dialog";
import { AsideList } from "./aside-list";
import { BatchBar } from "./batch-bar";
import { BatchEmpty } from "./batch-empty";
import { BatchHeader } from "./batch-header";
import type { RowActions } from "./batch-row";
import { BatchTable } from "./batch-table";
import { pathOfGroup } from "./group-name";
import { rememberBatch } from "./last-batch";
import { type LeftOut, LeftOutList } from "./left-out-list";
import { RefuseDialog } from "./refuse-dialog";
import { SameLines } from "./same-lines";
import { TableNotes } from "./table-notes";
import { useBatch } from "./use-batch";
import { useBatchTime } from "./use-batch-time";
import { useSeenRows } from "./use-seen-rows";
import { useSelection } from "./use-selection";
import { useSendBatch } from "./use-send-batch";

type Verdict = "approve" | "reject" | "request_changes";
const BACK = "Escape";
/** What the command palette calls the keys. */
const LABELS = {
  a: "Approve the selected",
  r: "Reject the selected",
  c: "Ask for changes of the selected",
  "*": "Select all, or none",
};
const RANGE = "X";

/** Ten drafts of one action type and rule: what differs side by side, decided in one go, each for itself. */
export function BatchWorkspace({ initial, mayDecide }: { initial: Timed<Batch>; mayDecide: boolean }) {
  const router = useRouter();
  const { batch, isLoading, failure, load, gone } = useBatch(initial);
  const { ids, selected, currentId, select, toggle, toggleTo, toggleAll } = useSelection(batch, gone);
  const { screens } = useInboxState();
  const [openId, setOpen] = useState<string | null>(null);
  const [asking, setAsking] = useState<Verdict | null>(null);
  const [leftOut, setLeftOut] = useState<LeftOut[]>([]);
  const table = useRef<HTMLTableElement>(null);
  const shownOpenId = ids.includes(openId ?? "") ? openId : null;
  const secondsOf = useBatchTime(batch.readAt, ids, shownOpenId);
  const seen = useSeenRows(table, batch.readAt);

  const next = async (group?: BatchGroup) => {
    const loaded = await load(group);
    if (!loaded) return;
    window.scrollTo(0, 0);
    const [first] = loaded.items;
    select(first?.id ?? null);
    setOpen(null);
    if (loaded.group) window.history.replaceState(null, "", pathOfGroup(loaded.group));
    if (first) requestAnimationFrame(() => focusRow(first.id));
  };
  const onResults = (results: BatchResult[]) => {
    const items = new Map(batch.items.map((item) => [item.id, item]));
    setLeftOut(
      results.flatMap((result) => {
        const item = items.get(result.draftId);
        return !result.ok && item ? [{ item, message: result.message }] : [];
      }),
    );
    void next();
  };
  const { send, undoLast, progress, undoUntil } = useSendBatch(onResults, () => void next());
  const isBusy = progress !== null || isLoading;

  const focusRow = (id: string) => {
    const row = table.current?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"] [data-peek]`);
    row?.focus({ preventScroll: true });
    row?.closest("tr")?.scrollIntoView({ block: "nearest" });
  };
  const moveTo = (at: number) => {
    const id = ids[Math.max(0, Math.min(at, ids.length - 1))];
    if (!id) return;
    select(id);
    focusRow(id);
  };
  const index = ids.indexOf(currentId ?? "");
  const peek = (id: string) => setOpen((before) => (before === id ? null : id));
  const chosen = batch.items.filter(({ id }) => selected.has(id));
  const others = batch.items.filter(({ id }) => !selected.has(id) && !gone.has(id));
  const unseen = chosen.filter(({ id }) => !seen.has(id));
  const ask = (verdict: Verdict) => {
    if (!mayDecide || chosen.length === 0 || isBusy) return;
    const [first] = unseen;
    if (verdict === "approve" && first) return moveTo(ids.indexOf(first.id));
    setAsking(verdict);
  };
  const pick = (group: BatchGroup) => {
    setLeftOut([]);
    void next(group);
  };
  useKeys(
    {
      j: () => moveTo(index + 1),
      k: () => moveTo(index - 1),
      x: () => mayDecide && currentId && toggle(currentId),
      [RANGE]: () => mayDecide && currentId && toggleTo(currentId),
      "*": () => mayDecide && toggleAll(),
      o: () => currentId && peek(currentId),
      a: () => ask("approve"),
      r: () => ask("reject"),
      c: () => ask("request_changes"),
      u: () => void undoLast(),
      [BACK]: () => (shownOpenId ? setOpen(null) : router.push("/inbox?queue=batch")),
    },
    mayDecide ? LABELS : {},
  );

  const { group } = batch;
  useEffect(() => {
    if (group) rememberBatch(pathOfGroup(group));
  }, [group]);
  const latest = useRef({ peek, next });
  useEffect(() => {
    latest.current = { peek, next };
  });
  const actions = useMemo<RowActions>(
    () => ({
      toggle,
      select,
      peek: (id) => latest.current.peek(id),
      reload: () => void latest.current.next(),
    }),
    [toggle, select],
  );

  const decisionOf = (item: BatchItem) => {
    // What stood on the screen of somebody who opened the row, or just the row's.
    const screen = screens.get(item.id)?.screen;
    const precedents = screen?.screenHash === item.screenHash ? screen.precedents : item.precedents;
    return {
      draftId: item.id,
      screenHash: item.screenHash,
      precedentIds: precedents.map(({ exampleId }) => exampleId),
      secondsOnScreen: secondsOf(item.id),
    };
  };
  const refuse = (verdict: "reject" | "request_changes", reasons: { draftId: string; reason: string }[]) =>
    reasons.flatMap(({ draftId, reason }) => {
      const item = batch.items.find(({ id }) => id === draftId);
      return item ? [{ ...decisionOf(item), verdict, reason }] : [];
    });

  return (
    <div className="flex min-h-[calc(100dvh-3rem)] flex-col">
      <BatchHeader batch={batch} onPick={pick} />
      <div className="flex flex-1 flex-col gap-2.5 px-3 pb-4 sm:px-4" aria-busy={isBusy}>
        {failure && (
          <div
            role="alert"
            className="flex items-center gap-3 rounded bg-bad-soft px-3 py-1.5 text-bad text-sm"
          >
            {failure}
            <Button onClick={() => void next()}>Try again</Button>
          </div>
        )}
        <LeftOutList leftOut={leftOut} onClose={() => setLeftOut([])} />
        {batch.items.length === 0 ? (
          <BatchEmpty batch={batch} onPick={pick} />
        ) : (
          <section
            aria-label="Together"
            className={`overflow-x-auto rounded-lg border bg-surface ${isBusy ? "opacity-60" : ""}`}
          >
            <SameLines same={batch.comparison.same} count={batch.items.length} />
            <BatchTable
              batch={batch}
              table={table}
              mayDecide={mayDecide}
              selected={selected}
              currentId={currentId}
              openId={shownOpenId}
              gone={gone}
              serverNow={batch.readAt}
              actions={actions}
            />
            <TableNotes comparison={batch.comparison} />
          </section>
        )}
        <AsideList aside={batch.aside} serverNow={batch.readAt} />
      </div>
      <BatchBar
        selected={chosen.length}
        total={batch.items.length - gone.size}
        aside={batch.aside.length}
        unseen={unseen.length}
        progress={progress}
        undoUntil={undoUntil}
        mayDecide={mayDecide}
        onApprove={() => ask("approve")}
        onReject={() => ask("reject")}
        onAskForChanges={() => ask("request_changes")}
        onToggleAll={toggleAll}
        onUndo={() => void undoLast()}
      />
      {asking === "approve" && chosen.length > 0 && (
        <ApproveDialog
          items={chosen}
          others={others}
          asideCount={batch.aside.length}
          secondsOf={secondsOf}
          onClose={() => setAsking(null)}
          onApprove={(rejected, isQuick) => {
            setAsking(null);
            const approved = chosen.map((item) => ({ ...decisionOf(item), verdict: "approve" as const }));
            void send([...approved, ...refuse("reject", rejected)], isQuick);
          }}
        />
      )}
      {(asking === "reject" || asking === "request_changes") && chosen.length > 0 && (
        <RefuseDialog
          verdict={asking}
          items={chosen}
          onClose={() => setAsking(null)}
          onSubmit={(reasons) => {
            setAsking(null);
            void send(refuse(asking, reasons), false);
          }}
        />
      )}
    </div>
  );
}
