import type { StartPlan } from "./plan-start";

/** What people are told once everything runs: where to go, how to get in, how to let an agent in, where the data is. */
export function greeting(plan: StartPlan, policyCount: number): string {
  const lines = [
    `Countersign is ready: ${plan.url}`,
    "",
    plan.demo
      ? "  Sign in   choose one of the demo people on the first page; no password"
      : "  Sign in   with the account of your identity provider",
    '  Agents    npm run -s keys -- create --agent "My agent"    makes a key for the API',
    `  Policies  ${policyCount} action types`,
    ...(plan.embedded ? [`  Data      ${plan.dataDir}    delete it to start afresh`] : []),
    "  Stop      Ctrl-C",
    "",
  ];
  return lines.join("\n");
}
