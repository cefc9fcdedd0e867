import { Check, X } from "lucide-react";
import { formatFact } from "@/components/ui/format-value";
import { Panel } from "@/components/ui/panel";
import { withKeys } from "@/components/ui/with-keys";
import { factWords } from "@/lib/policy/explain";
import type { GoldenCaseView, PolicyView } from "@/lib/policy-files/get-policy-view";

/** The golden cases with what came of each, and the rules that none of them reaches. */
export function GoldenCases({ golden, prohibited }: { golden: PolicyView["golden"]; prohibited: boolean }) {
  if (!golden.ok) {
    return (
      <Panel title="Golden cases">
        <p className="whitespace-pre-wrap break-words rounded bg-warn-soft px-2 py-1 text-sm text-warn">
          They cannot be read, so nothing is known of them. {golden.problem}
        </p>
      </Panel>
    );
  }
  const passed = golden.cases.filter((each) => each.passed).length;
  return (
    <Panel title="Golden cases" aside={golden.cases.length > 0 && `${passed} of ${golden.cases.length} pass`}>
      {golden.cases.length === 0 ? (
        <p className="text-sm text-warn">
          There are none: a change of this policy would go unnoticed. Add them to cases.json.
        </p>
      ) : (
        <ul aria-label="Golden cases" className="divide-y">
          {withKeys(golden.cases).map(({ key, value }) => (
            <Case key={key} golden={value} />
          ))}
        </ul>
      )}
      {golden.cases.length > 0 && !prohibited && (
        <p className="mt-1.5 border-t pt-1.5 text-sm">
          {golden.unreached.length === 0 ? (
            <span className="text-muted">Every rule decides at least one case.</span>
          ) : (
            <span className="text-warn">
              No case reaches {golden.unreached.map((rule) => `“${rule}”`).join(", ")}.
            </span>
          )}
        </p>
      )}
    </Panel>
  );
}

function Case({ golden: { name, facts, expected, passed, found } }: { golden: GoldenCaseView }) {
  const given = Object.entries(facts).map(([fact, value]) => `${factWords(fact)} ${formatFact(value)}`);
  return (
    <li className="flex items-start gap-2 py-1.5 text-sm">
      {passed ? (
        <Check role="img" aria-label="Passes" className="mt-0.5 size-3.5 shrink-0 text-good" />
      ) : (
        <X role="img" aria-label="Fails" className="mt-0.5 size-3.5 shrink-0 text-bad" />
      )}
      <div className="min-w-0 flex-1 break-words lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(0,18rem)] lg:gap-x-4">
        <div>
          <p>{name}</p>
          <p className="text-muted text-xs">{given.join(" · ") || "no facts"}</p>
        </div>
        <p className="text-muted text-xs lg:pt-0.5">{expected}</p>
        {!passed && (
          <ul className="mt-0.5 text-bad text-xs lg:col-span-2">
            {withKeys(found).map(({ key, value }) => (
              <li key={key}>{value}</li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
