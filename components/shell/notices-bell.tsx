"use client";

import { Bell } from "lucide-react";
import Link from "next/link";
import { Popover } from "radix-ui";
import { useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { HostileText } from "@/components/ui/hostile-text";
import { Age } from "@/components/ui/time-left";
import type { ActionResult } from "@/lib/adapters/action";
import type { ListedNotice, listNotices } from "@/lib/notices/list-notices";
import type { markNoticesRead } from "@/lib/notices/mark-notices-read";

type Listed = Awaited<ReturnType<typeof listNotices>>;

export interface NoticeActions {
  list: (input: Record<string, never>) => Promise<ActionResult<Listed>>;
  markRead: (
    input: Parameters<typeof markNoticesRead>[1],
  ) => Promise<ActionResult<Awaited<ReturnType<typeof markNoticesRead>>>>;
}

/** More than anybody counts. */
const MOST_SHOWN = 99;

/**
 * What the person was told, behind a bell that says how much of it they have not read: as the page had it, until the
 * panel opens and reads again.
 */
export function NoticesBell({ unread: initial, actions }: { unread: number; actions: NoticeActions }) {
  const [open, setOpen] = useState(false);
  const [unread, setUnread] = useState(initial);
  const [received, setReceived] = useState(initial);
  const [listed, setListed] = useState<Listed | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  if (initial !== received) {
    setReceived(initial);
    setUnread(initial);
  }

  const read = async () => {
    setFailure(null);
    const result = await actions.list({}).catch(() => null);
    if (!result?.ok) return setFailure(result?.message ?? "The server did not answer.");
    setListed(result.data);
    setUnread(result.data.unread);
  };
  const mark = async (which: Parameters<NoticeActions["markRead"]>[0]) => {
    const result = await actions.markRead(which).catch(() => null);
    if (!result?.ok) return setFailure(result?.message ?? "The server did not answer.");
    setUnread(result.data.unread);
    setListed(
      (now) =>
        now && {
          ...now,
          notices: now.notices.map((each) =>
            "upTo" in which || each.id === which.id ? { ...each, isRead: true } : each,
          ),
        },
    );
  };
  const count = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);

  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) read();
      }}
    >
      <Popover.Trigger
        aria-label={unread > 0 ? `Notices, ${count} unread` : "Notices"}
        title="Notices"
        className="relative inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
      >
        <Bell aria-hidden="true" className="size-4" />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="tabular absolute -top-0.5 -right-0.5 min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-[0.625rem] text-on-accent leading-4"
          >
            {count}
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Notices"
          className="z-40 flex max-h-[min(36rem,calc(100dvh-5rem))] w-[min(26rem,calc(100vw-1rem))] flex-col rounded-xl border bg-surface shadow-2xl"
        >
          <header className="flex min-h-11 items-center justify-between gap-3 border-b px-4">
            <h2 className="font-semibold text-sm">Notices</h2>
            {listed && unread > 0 && (
              <button
                type="button"
                onClick={() => mark({ upTo: listed.readAt })}
                className="font-medium text-accent text-xs hover:underline"
              >
                Mark all read
              </button>
            )}
          </header>
          {failure && (
            <p role="alert" className="border-b bg-bad-soft px-4 py-2 text-bad text-sm">
              {failure}{" "}
              <button type="button" onClick={read} className="font-medium underline">
                Try again
              </button>
            </p>
          )}
          <NoticeList
            listed={listed}
            onOpen={(notice) => {
              setOpen(false);
              if (!notice.isRead) mark({ id: notice.id });
            }}
            onRead={(notice) => mark({ id: notice.id })}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function NoticeList({
  listed,
  onOpen,
  onRead,
}: {
  listed: Listed | null;
  onOpen: (notice: ListedNotice) => void;
  onRead: (notice: ListedNotice) => void;
}) {
  if (!listed) {
    return (
      <div role="status" aria-label="Loading notices" className="h-40 animate-pulse p-4">
        <div className="mb-2 h-4 w-3/4 rounded bg-line" />
        <div className="h-3 w-1/2 rounded bg-line" />
      </div>
    );
  }
  if (listed.notices.length === 0) {
    return (
      <div className="px-4 py-10 text-center">
        <p className="font-medium text-sm">Nothing to tell you</p>
        <p className="mx-auto mt-1 max-w-64 text-muted text-sm">
          When a draft waits for you by name, runs out of time or escalates, it says so here.
        </p>
      </div>
    );
  }
  const serverNow = Date.parse(listed.readAt);
  return (
    <ul className="min-h-0 divide-y divide-line overflow-y-auto overscroll-contain">
      {listed.notices.map((notice) => (
        <li key={notice.id} className="relative flex items-start gap-2.5 px-4 py-2.5 hover:bg-hover">
          <span
            className={classNames(
              "mt-1.5 size-2 shrink-0 rounded-full",
              notice.isRead ? "bg-transparent" : "bg-accent",
            )}
          >
            {!notice.isRead && <span className="sr-only">Unread</span>}
          </span>
          <div className="min-w-0 flex-1 text-sm">
            <NoticeText notice={notice} onOpen={() => onOpen(notice)} />
            <p className="mt-0.5 text-xs">
              <Age at={notice.createdAt} serverNow={serverNow} ago />
            </p>
          </div>
          {!notice.isRead && (
            <button
              type="button"
              onClick={() => onRead(notice)}
              className="relative z-[1] shrink-0 rounded px-1 text-muted text-xs hover:text-ink hover:underline"
            >
              Mark read
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What was said, and of which draft in its agent's words; the whole row opens the draft. */
function NoticeText({ notice, onOpen }: { notice: ListedNotice; onOpen: () => void }) {
  const text = notice.isRead ? "text-muted" : "text-ink";
  if (notice.draftId === null) {
    return (
      <Link
        href={notice.kind === "hold" ? "/organisation/holds" : "/inbox"}
        onClick={onOpen}
        className={classNames("block after:absolute after:inset-0", text)}
      >
        {notice.text}
      </Link>
    );
  }
  return (
    <>
      <Link
        href={`/inbox/${notice.draftId}`}
        prefetch={false}
        onClick={onOpen}
        className={classNames(
          "line-clamp-2 after:absolute after:inset-0",
          text,
          !notice.isRead && "font-medium",
        )}
      >
        <HostileText text={notice.summary ?? "A draft"} />
      </Link>
      <p className="text-muted text-xs">{notice.text}</p>
    </>
  );
}
