"use client";

import { Bell } from "lucide-react";
import { Popover } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { useWorkspace } from "@/components/workspace/workspace-provider";
import type { listNotices } from "@/lib/notices/list-notices";
import type { markNoticesRead } from "@/lib/notices/mark-notices-read";
import { call } from "./call";
import { NoticeList } from "./notice-list";

export type ListedNotices = Awaited<ReturnType<typeof listNotices>>;

/** More than anybody counts. */
const MOST_SHOWN = 99;

/** What the person was told, behind a bell that says how much of it they have not read, as it happens. */
export function NoticesBell({ unread: initial }: { unread: number }) {
  const { unread: live } = useWorkspace();
  const [open, setOpen] = useState(false);
  const [unread, setUnread] = useState(initial);
  const [received, setReceived] = useState(initial);
  const [listed, setListed] = useState<ListedNotices | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const told = live ?? initial;
  if (told !== received) {
    setReceived(told);
    setUnread(told);
  }

  const read = async () => {
    const answer = await call<ListedNotices>("/console/notices");
    setFailure(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    setListed(answer.data);
    setUnread(answer.data.unread);
  };
  // What comes while the panel is open joins it.
  const latest = useRef({ read, unread });
  useEffect(() => {
    latest.current = { read, unread };
  });
  useEffect(() => {
    if (open && live !== null && live !== latest.current.unread) void latest.current.read();
  }, [open, live]);

  const mark = async (which: Parameters<typeof markNoticesRead>[1]) => {
    const answer = await call<Awaited<ReturnType<typeof markNoticesRead>>>("/console/notices/read", which);
    setFailure(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    setUnread(answer.data.unread);
    setListed(
      (now) =>
        now && {
          ...now,
          notices: now.notices.map((each) =>
            "upTo" in which || which.ids.includes(each.id) ? { ...each, isRead: true } : each,
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
        if (next) void read();
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
          <div className="flex min-h-11 items-center justify-between gap-3 border-b px-4">
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
          </div>
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
            onOpen={(notices) => {
              setOpen(false);
              const ids = notices.filter(({ isRead }) => !isRead).map(({ id }) => id);
              if (ids.length > 0) void mark({ ids });
            }}
            onRead={(notices) => void mark({ ids: notices.map(({ id }) => id) })}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
