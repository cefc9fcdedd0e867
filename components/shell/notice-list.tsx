"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { HostileText } from "@/components/ui/hostile-text";
import { Age } from "@/components/ui/time-left";
import { groupNotices, type NoticeGroup } from "@/lib/notices/group-notices";
import type { ListedNotice } from "@/lib/notices/list-notices";
import { noticePath } from "./notice-path";
import type { ListedNotices } from "./notices-bell";

interface Handlers {
  /** Somebody follows one of them. */
  onOpen: (notices: ListedNotice[]) => void;
  onRead: (notices: ListedNotice[]) => void;
}

/** The notices, those that say the same as one line. */
export function NoticeList({ listed, ...handlers }: Handlers & { listed: ListedNotices | null }) {
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
      {groupNotices(listed.notices).map((entry) =>
        "notices" in entry ? (
          <GroupRow key={`group ${entry.text}`} group={entry} serverNow={serverNow} {...handlers} />
        ) : (
          <NoticeRow key={entry.id} notice={entry} serverNow={serverNow} {...handlers} />
        ),
      )}
    </ul>
  );
}

/** Several that say the same; each of them is a press away. */
function GroupRow({ group, serverNow, ...handlers }: Handlers & { group: NoticeGroup; serverNow: number }) {
  const [isExpanded, setExpanded] = useState(false);
  return (
    <li>
      <Row isRead={false} onRead={() => handlers.onRead(group.notices)} readWhat="all of these">
        <Link
          href={group.href}
          onClick={() => handlers.onOpen([])}
          className="block font-medium after:absolute after:inset-0"
        >
          {group.text}
        </Link>
        <p className="mt-0.5 flex items-center gap-3 text-xs">
          <Age at={group.first.createdAt} serverNow={serverNow} ago />
          <button
            type="button"
            aria-expanded={isExpanded}
            onClick={() => setExpanded(!isExpanded)}
            className="relative z-[1] inline-flex items-center gap-0.5 rounded font-medium text-accent hover:underline"
          >
            {isExpanded ? "Show as one" : "Show each"}
            <ChevronDown
              aria-hidden="true"
              className={classNames("size-3", isExpanded && "rotate-180")}
              strokeWidth={2.5}
            />
          </button>
        </p>
      </Row>
      {isExpanded && (
        <ul className="divide-y divide-line border-line border-t bg-sunken">
          {group.notices.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} serverNow={serverNow} {...handlers} />
          ))}
        </ul>
      )}
    </li>
  );
}

function NoticeRow({
  notice,
  serverNow,
  ...handlers
}: Handlers & { notice: ListedNotice; serverNow: number }) {
  return (
    <li>
      <Row
        isRead={notice.isRead}
        onRead={() => handlers.onRead([notice])}
        readWhat={notice.summary ?? notice.text}
      >
        <NoticeText notice={notice} onOpen={() => handlers.onOpen([notice])} />
        <p className="mt-0.5 text-xs">
          <Age at={notice.createdAt} serverNow={serverNow} ago />
        </p>
      </Row>
    </li>
  );
}

function Row({
  isRead,
  onRead,
  readWhat,
  children,
}: {
  isRead: boolean;
  onRead: () => void;
  readWhat: string;
  children: ReactNode;
}) {
  return (
    <div className="relative flex items-start gap-2.5 px-4 py-2.5 hover:bg-hover">
      <span
        className={classNames("mt-1.5 size-2 shrink-0 rounded-full", isRead ? "bg-transparent" : "bg-accent")}
      >
        {!isRead && <span className="sr-only">Unread</span>}
      </span>
      <div className="min-w-0 flex-1 text-sm">{children}</div>
      {!isRead && (
        <button
          type="button"
          aria-label={`Mark read: ${readWhat}`}
          onClick={onRead}
          className="relative z-[1] shrink-0 rounded px-1 text-muted text-xs hover:text-ink hover:underline"
        >
          Mark read
        </button>
      )}
    </div>
  );
}

/** What was said, and of which draft in its agent's words; the whole row opens the draft. */
function NoticeText({ notice, onOpen }: { notice: ListedNotice; onOpen: () => void }) {
  const text = notice.isRead ? "text-muted" : "text-ink";
  if (notice.draftId === null) {
    return (
      <Link
        href={noticePath(notice)}
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
        href={noticePath(notice)}
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
