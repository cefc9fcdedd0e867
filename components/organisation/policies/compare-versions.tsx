import Link from "next/link";
import { EmptyState, PageFrame } from "@/components/organisation/page-frame";
import type { VersionDiff } from "@/lib/policy-files/diff-versions";
import type { PolicyVersionView } from "@/lib/policy-files/list-versions";
import { TextDiff } from "./text-diff";
import { VersionPicker } from "./version-picker";
import { policyHref } from "./words";

/** Two versions of a policy side by side in time: what the second changed, file by file. */
export function CompareVersions({
  actionType,
  title,
  versions,
  from,
  to,
  diff,
}: {
  actionType: string;
  title: string;
  versions: PolicyVersionView[];
  from: string;
  to: string;
  /** Null where one of the two was never recorded. */
  diff: VersionDiff | null;
}) {
  const changed = diff?.files.filter((file) => file.changed) ?? [];
  const same = diff?.files.filter((file) => !file.changed) ?? [];
  return (
    <PageFrame
      title={`${title}: what changed`}
      actions={
        <Link
          href={policyHref(actionType)}
          className="inline-flex min-h-9 items-center font-medium text-accent text-sm underline-offset-2 hover:underline"
        >
          Back to the policy
        </Link>
      }
    >
      <VersionPicker
        // After a choice the page comes with it, and the fields begin from there.
        key={`${from} ${to}`}
        href={`${policyHref(actionType)}/compare`}
        versions={versions}
        from={from}
        to={to}
      />
      {diff === null ? (
        <EmptyState title="There is no such version">Choose two of those that were recorded.</EmptyState>
      ) : changed.length === 0 ? (
        <EmptyState title="Nothing differs">These two are the same in every file.</EmptyState>
      ) : (
        <div className="space-y-3">
          {changed.map(({ file, runs }) => (
            <TextDiff key={file} title={file} runs={runs} />
          ))}
          {same.length > 0 && (
            <p className="text-muted text-sm">Unchanged: {same.map(({ file }) => file).join(", ")}</p>
          )}
        </div>
      )}
    </PageFrame>
  );
}
