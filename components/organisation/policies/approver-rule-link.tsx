import Link from "next/link";

/** The approver rule that a policy asks; `missing` when nobody has entered it. */
export function ApproverRuleLink({ name, missing = false }: { name: string; missing?: boolean }) {
  return (
    <>
      <Link
        href={`/organisation/rules/${encodeURIComponent(name)}`}
        className="relative font-mono text-accent text-xs underline-offset-2 [overflow-wrap:anywhere] hover:underline"
      >
        {name}
      </Link>
      {missing && <span className="text-warn text-xs"> (nobody has entered it)</span>}
    </>
  );
}
