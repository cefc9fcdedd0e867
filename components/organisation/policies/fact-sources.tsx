import type { PolicyView } from "@/lib/policy-files/get-policy-view";

const KIND_WORDS = { number: "number", boolean: "yes or no", text: "text", any: "number or text" };

/** Every fact that the rules and hard blocks look at, and where it is looked up: never from the agent's claims. */
export function FactSources({ policy }: { policy: PolicyView }) {
  if (policy.facts.length + policy.unusedFacts.length === 0) {
    return <p className="text-muted text-sm">The policy looks at no facts.</p>;
  }
  return (
    <table className="w-full border-collapse text-sm" aria-label="Facts">
      <thead className="sr-only">
        <tr>
          <th scope="col">Fact</th>
          <th scope="col">Kind</th>
          <th scope="col">Comes from</th>
        </tr>
      </thead>
      <tbody>
        {policy.facts.map(({ name, kind, comesFrom }) => (
          <tr key={name} className="border-t align-baseline first:border-t-0">
            <th
              scope="row"
              className="py-1 pr-3 text-left font-mono font-normal text-xs [overflow-wrap:anywhere]"
            >
              {name}
            </th>
            <td className="hidden w-24 py-1 pr-3 text-muted text-xs sm:table-cell">{KIND_WORDS[kind]}</td>
            <td className="w-1/2 py-1 break-words">{comesFrom}</td>
          </tr>
        ))}
        {policy.unusedFacts.map(({ name, comesFrom }) => (
          <tr key={name} className="border-t align-baseline text-muted first:border-t-0">
            <th
              scope="row"
              className="py-1 pr-3 text-left font-mono font-normal text-xs [overflow-wrap:anywhere]"
            >
              {name}
            </th>
            <td className="hidden w-24 py-1 pr-3 text-xs sm:table-cell">no rule looks</td>
            <td className="w-1/2 py-1 break-words">{comesFrom}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
