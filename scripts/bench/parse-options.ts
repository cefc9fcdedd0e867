import { PlainError } from "@/scripts/launcher/step.mjs";

const PARTS = ["submit", "decide", "nearest", "inbox"];
const USAGE = `npm run bench -- [--quick] [${PARTS.join("] [")}]
  --quick   small sizes, to see that everything runs; the numbers say nothing
  a name    measures that part alone
DATABASE_URL names the server on which it makes and drops databases of its own; without it, the embedded one.`;

export interface BenchOptions {
  quick: boolean;
  /** The parts to measure; all when empty. */
  only: string[];
}

/** @throws PlainError with the usage on anything it does not know. */
export function parseOptions(args: string[]): BenchOptions {
  const only = args.filter((arg) => PARTS.includes(arg));
  const unknown = args.find((arg) => arg !== "--quick" && !PARTS.includes(arg));
  if (unknown !== undefined)
    throw new PlainError(`${unknown === "--help" ? "" : `Unknown: ${unknown}\n`}${USAGE}`);
  return { quick: args.includes("--quick"), only };
}
