import { classNames } from "@/components/ui/class-names";
import { HostileText } from "@/components/ui/hostile-text";
import { withKeys } from "@/components/ui/with-keys";
import type { LineRun } from "@/lib/policy-files/diff-texts";

const SIGNS = { same: " ", removed: "−", added: "+" };
const LOOKS = { same: "", removed: "bg-bad-soft text-bad", added: "bg-good-soft text-good" };
const WORDS = { same: null, removed: "removed: ", added: "added: " };

/** Lines of context kept on each side of a change; what lies between two changes folds from one line more. */
const CONTEXT = 3;

/** A unified line diff. Lines wrap, so that it never scrolls sideways; long stretches without a change are folded. */
export function TextDiff({ title, runs }: { title: string; runs: LineRun[] }) {
  const count = (kind: LineRun["kind"]) =>
    runs.reduce((sum, run) => sum + (run.kind === kind ? run.lines.length : 0), 0);
  return (
    <figure className="overflow-hidden rounded-lg border bg-surface">
      <figcaption className="flex items-baseline justify-between gap-3 border-b bg-sunken px-3 py-1 text-xs">
        <span className="font-mono font-semibold">{title}</span>
        <span className="tabular text-muted">
          {count("added")} added, {count("removed")} removed
        </span>
      </figcaption>
      <div className="py-1 font-mono text-xs leading-[1.125rem]">
        {withKeys(runs).map(({ key, value: run }) => (
          <Run key={key} run={run} isFirst={key === 0} isLast={key === runs.length - 1} />
        ))}
      </div>
    </figure>
  );
}

function Run({ run, isFirst, isLast }: { run: LineRun; isFirst: boolean; isLast: boolean }) {
  const before = isFirst ? 0 : CONTEXT;
  const after = isLast ? 0 : CONTEXT;
  const folded = run.kind === "same" ? run.lines.slice(before, run.lines.length - after) : [];
  if (folded.length < 2) return <Lines kind={run.kind} lines={run.lines} />;
  return (
    <>
      <Lines kind="same" lines={run.lines.slice(0, before)} />
      <details>
        <summary className="bg-sunken px-3 py-0.5 font-sans text-accent">
          {folded.length} unchanged lines
        </summary>
        <Lines kind="same" lines={folded} />
      </details>
      <Lines kind="same" lines={after === 0 ? [] : run.lines.slice(-after)} />
    </>
  );
}

function Lines({ kind, lines }: LineRun) {
  return withKeys(lines).map(({ key, value }) => (
    <code key={key} className={classNames("flex min-h-[1.125rem] px-3", LOOKS[kind])}>
      <span aria-hidden="true" className="w-4 shrink-0 select-none">
        {SIGNS[kind]}
      </span>
      <span className="min-w-0">
        {WORDS[kind] && <span className="sr-only">{WORDS[kind]}</span>}
        <HostileText text={value} />
      </span>
    </code>
  ));
}
