import { PlainError } from "@/scripts/launcher/step.mjs";

const DATABASE_PARTS = ["submit", "decide", "nearest", "inbox", "keys", "routing", "insights", "backtest"];
const PARTS = [...DATABASE_PARTS, "policies", "likeness"];
const USAGE = `npm run bench -- [--quick] [--million] [${PARTS.join("] [")}]
  --quick   small sizes, to see that everything runs; the numbers say nothing
  --million looks for neighbours among 1,000,000 examples too; loading them takes some twenty minutes
  a name    measures that part alone
DATABASE_URL names the server on which it makes and drops databases of its own; without it, the embedded one.`;

export interface BenchOptions {
  quick: boolean;
  /** Whether neighbours are looked for among a million examples too. */
  million: boolean;
  /** The parts to measure; all when empty. */
  only: string[];
}

/** Whether any part that was asked for needs a database. */
export const needsDatabase = ({ only }: Pick<BenchOptions, "only">): boolean =>
  only.length === 0 || only.some((part) => DATABASE_PARTS.includes(part));

/** @throws PlainError with the usage on anything it does not know. */
export function parseOptions(args: string[]): BenchOptions {
  const only = args.filter((arg) => PARTS.includes(arg));
  const unknown = args.find((arg) => arg !== "--quick" && arg !== "--million" && !PARTS.includes(arg));
  if (unknown !== undefined)
    throw new PlainError(`${unknown === "--help" ? "" : `Unknown: ${unknown}\n`}${USAGE}`);
  return { quick: args.includes("--quick"), million: args.includes("--million"), only };
}
