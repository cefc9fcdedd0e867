import Link from "next/link";
import { HostileText } from "@/components/ui/hostile-text";
import { Panel } from "@/components/ui/panel";
import type { EditedFields } from "@/lib/insights/figures/list-edited-fields";
import { formatCount, formatShare } from "./format-figures";

/** Which fields people change before they approve. */
export function EditsPanel({ edits: { read, isAll, fields }, href }: { edits: EditedFields; href: string }) {
  return (
    <Panel
      title="What gets edited"
      aside={
        read > 0 && `of ${isAll ? "" : "the newest "}${formatCount(read)} ${read === 1 ? "edit" : "edits"}`
      }
    >
      {fields.length === 0 ? (
        <p className="py-3 text-muted text-sm">Nothing was edited before it was approved in these days.</p>
      ) : (
        <>
          <table aria-label="Edited fields" className="w-full border-collapse text-xs">
            <thead className="sr-only">
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Share of edits</th>
                <th scope="col">Edits</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ path, count }) => (
                <tr key={path}>
                  <th scope="row" className="max-w-0 truncate py-0.5 pr-2 text-left font-mono font-normal">
                    <HostileText text={path.slice(1) || "the whole payload"} oneLine />
                  </th>
                  <td className="tabular w-12 py-0.5 text-right text-muted">
                    {formatShare(count / read, read)}
                  </td>
                  <td className="tabular w-12 py-0.5 text-right">{formatCount(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <More href={href}>List what was edited</More>
        </>
      )}
    </Panel>
  );
}

/** Down to the drafts. */
export const More = ({ href, children }: { href: string; children: string }) => (
  <Link
    href={href}
    prefetch={false}
    className="mt-2 inline-block font-medium text-accent text-xs hover:underline"
  >
    {children}
  </Link>
);
