import Link from "next/link";

/** The names of approver rules, each leading to it; they stay clickable inside a row that is a link itself. */
export const RuleLinks = ({ rules }: { rules: readonly string[] }) => (
  <span className="relative z-[1] inline-flex flex-wrap gap-x-2 font-mono text-xs">
    {rules.map((rule) => (
      <Link
        key={rule}
        href={`/organisation/rules/${rule}`}
        prefetch={false}
        className="text-accent hover:underline"
      >
        {rule}
      </Link>
    ))}
  </span>
);
