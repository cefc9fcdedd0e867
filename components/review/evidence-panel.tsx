import { Braces, ExternalLink, FileText, Link2, MessageSquare, TriangleAlert } from "lucide-react";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import type { EvidenceView } from "@/lib/drafts/types";
import { mixedScriptWords } from "@/lib/trust/mixed-script-words";
import { revealHidden } from "@/lib/trust/suspicious-text";
import { LongText } from "./long-text";
import { RecordView } from "./record-view";

const ICONS = { message: MessageSquare, record: Braces, document: FileText, link: Link2 };
/** So much evidence is open at first; what comes after is folded and says how long it is. */
const OPEN_CHARACTERS = 1700;

/** What the draft was drawn from. All of it may be hostile: it is only ever drawn as text. */
export function EvidencePanel({ evidence, marks }: { evidence: EvidenceView[]; marks: string[] }) {
  let used = 0;
  return (
    <Panel
      title="Evidence"
      aside={evidence.length > 0 && marks.length > 0 ? "Marked: values the payload took from it" : undefined}
    >
      {evidence.length === 0 && <p className="text-muted text-sm">The agent gave none.</p>}
      <ul className="divide-y">
        {evidence.map((item, index) => {
          const length = lengthOf(item.content);
          const isOpen = index === 0 || used + length <= OPEN_CHARACTERS;
          if (isOpen) used += length;
          return (
            <li key={item.position} className="py-1.5 first:pt-0 last:pb-0">
              <EvidenceItem item={item} marks={marks} isOpen={isOpen} length={length} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function EvidenceItem({
  item,
  marks,
  isOpen,
  length,
}: {
  item: EvidenceView;
  marks: string[];
  isOpen: boolean;
  length: number;
}) {
  const Icon = ICONS[item.kind];
  const text = typeof item.content === "string" ? item.content : JSON.stringify(item.content ?? "");
  return (
    <details open={isOpen} className="group/item">
      <summary className="flex list-none items-baseline gap-1.5 rounded text-sm hover:bg-hover">
        <Icon aria-hidden="true" className="size-3.5 shrink-0 self-center text-muted" />
        <span className="min-w-0 truncate font-medium">
          <HostileText text={item.title} oneLine />
        </span>
        <span className="shrink-0 text-muted text-xs">
          {[item.kind, item.source].filter(Boolean).join(" · ")}
          {length > 0 && (
            <span className="group-open/item:hidden">
              {" "}
              · {length.toLocaleString("en-US")} characters, folded
            </span>
          )}
        </span>
      </summary>
      <div className="mt-0.5 text-sm">
        <Warnings text={`${item.title}\n${text}`} />
        {item.url && <EvidenceLink url={item.url} />}
        {typeof item.content === "string" ? (
          <LongText text={item.content} marks={marks} />
        ) : (
          item.content !== null &&
          item.content !== undefined && <RecordView value={item.content} marks={marks} />
        )}
      </div>
    </details>
  );
}

function Warnings({ text }: { text: string }) {
  const hidden = revealHidden(text).filter(({ kind }) => kind === "hidden").length;
  const mixed = mixedScriptWords(text, 5);
  if (hidden === 0 && mixed.length === 0) return null;
  return (
    <p className="my-1 flex items-start gap-1.5 rounded bg-bad-soft px-2 py-1 text-bad text-xs">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
      <span>
        {hidden > 0 && `Holds ${hidden} hidden ${hidden === 1 ? "passage" : "passages"}, shown by name. `}
        {mixed.length > 0 && `Mixes alphabets that look alike in: ${mixed.join(", ")}.`}
      </span>
    </p>
  );
}

/** The address as text with its host; it opens only when asked to, and tells the other side nothing of us. */
function EvidenceLink({ url }: { url: string }) {
  const host = httpHost(url);
  return (
    <p className="text-xs">
      <HostileText text={url} />{" "}
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

function lengthOf(content: unknown): number {
  if (content === null || content === undefined) return 0;
  return typeof content === "string" ? content.length : JSON.stringify(content).length;
}
