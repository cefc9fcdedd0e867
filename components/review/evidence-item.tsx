"use client";

import {
  Braces,
  ChevronRight,
  ExternalLink,
  FileText,
  Link2,
  MessageSquare,
  TriangleAlert,
} from "lucide-react";
import { memo, useState } from "react";
import { HostileText } from "@/components/ui/hostile-text";
import type { EvidenceView } from "@/lib/drafts/types";
import { mixedScriptWords } from "@/lib/trust/mixed-script-words";
import { revealHidden } from "@/lib/trust/suspicious-text";
import { lengthOf } from "./evidence-model";
import { LongText } from "./long-text";
import { RecordView } from "./record-view";
import { HiddenWarning, NoteToApprover } from "./text-warnings";
import { textsOf } from "./texts-of";

const ICONS = { message: MessageSquare, record: Braces, document: FileText, link: Link2 };

/** One piece of evidence, folded or open; what is folded is not drawn. While something is sought, it opens if it holds it. */
export const EvidenceItem = memo(function EvidenceItem({
  item,
  marks,
  find,
  holds,
  startsOpen,
}: {
  item: EvidenceView;
  marks: readonly string[];
  find: string;
  /** Whether `find` stands somewhere in it. */
  holds: boolean;
  startsOpen: boolean;
}) {
  const [opened, setOpened] = useState<boolean | null>(null);
  const isOpen = find === "" ? (opened ?? startsOpen) : holds;
  const Icon = ICONS[item.kind];
  const text = textsOf(item.content);
  const { content, title } = item;
  return (
    <>
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpened(!isOpen)}
          className="flex w-full items-baseline gap-1.5 rounded text-left text-sm hover:bg-hover"
        >
          <Icon aria-hidden="true" className="size-3.5 shrink-0 self-center text-muted" />
          <span className="min-w-0 truncate font-medium">
            <HostileText text={title} find={find} oneLine />
          </span>
          {!isOpen && isSuspicious(`${title}\n${text}`) && (
            <TriangleAlert
              role="img"
              aria-label="Hides something"
              className="size-3 shrink-0 self-center text-bad"
            />
          )}
          <span className="min-w-0 shrink-[9999] truncate text-muted text-xs">
            {[item.kind, item.source, lengthOf(content)?.words].filter(Boolean).join(" · ")}
          </span>
          <ChevronRight
            aria-hidden="true"
            className={`ml-auto size-3.5 shrink-0 self-center text-muted ${isOpen ? "rotate-90" : ""}`}
          />
        </button>
      </h3>
      {isOpen && (
        <div className="mt-0.5 text-sm">
          <HiddenWarning text={`${title}\n${text}`} />
          <NoteToApprover text={text} />
          {item.url && <EvidenceLink url={item.url} find={find} />}
          {typeof content === "string" ? (
            <LongText text={content} marks={marks} find={find} />
          ) : (
            content !== null &&
            content !== undefined && <RecordView value={content} marks={marks} find={find} />
          )}
        </div>
      )}
    </>
  );
});

const isSuspicious = (text: string): boolean =>
  revealHidden(text).some(({ kind }) => kind === "hidden") || mixedScriptWords(text, 1).length > 0;

/** The address as text with its host; it opens only when asked to, and tells the other side nothing of us. */
function EvidenceLink({ url, find }: { url: string; find: string }) {
  const host = httpHost(url);
  return (
    <p className="text-xs">
      <HostileText text={url} find={find} />{" "}
      {host && (
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer nofollow"
          referrerPolicy="no-referrer"
          className="inline-flex items-center gap-1 font-medium text-accent underline underline-offset-2"
        >
          Open {host}
          <ExternalLink aria-hidden="true" className="size-3" />
        </a>
      )}
    </p>
  );
}

function httpHost(url: string): string | null {
  try {
    const { protocol, host } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? host : null;
  } catch {
    return null;
  }
}
