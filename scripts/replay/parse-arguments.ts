import { parseArgs } from "node:util";

const REPLAY_USAGE = `npm run replay -- FILE.jsonl --key KEY [--facts-key KEY] [--url URL] [--concurrency 8] [--limit N]
Submits every line of FILE as a draft, after pushing the line's facts. Run twice, it submits nothing twice.
  --key          the agent's key (or COUNTERSIGN_KEY):   npm run -s keys -- create --agent NAME
  --facts-key    a trusted key (or COUNTERSIGN_FACTS_KEY) for lines with facts:
                 npm run -s keys -- create --integration NAME --scopes facts:write
  --url          default http://127.0.0.1:$PORT
  --concurrency  how many lines at once; lines about the same thing keep their order
  --limit        stop after so many lines`;

export interface ReplayArguments {
  file: string;
  key: string;
  factsKey: string | null;
  /** Without a slash at the end. */
  url: string;
  concurrency: number;
  limit: number;
}

/** @throws Error with the problem and the usage. */
export function parseReplayArguments(argv: string[], environment: NodeJS.ProcessEnv): ReplayArguments {
  try {
    const text = { type: "string" } as const;
    const options = { key: text, "facts-key": text, url: text, concurrency: text, limit: text };
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    const [file, ...extra] = positionals;
    if (!file) throw new Error("Say which file to replay.");
    if (extra.length > 0) throw new Error(`One file at a time; what is "${extra[0]}"?`);
    const key = values.key || environment.COUNTERSIGN_KEY;
    if (!key) throw new Error("Say with which key: --key KEY");
    return {
      file,
      key,
      factsKey: values["facts-key"] || environment.COUNTERSIGN_FACTS_KEY || null,
      url: parseUrl(values.url ?? `http://127.0.0.1:${environment.PORT || 3000}`),
      concurrency: parseCount("--concurrency", values.concurrency ?? "8", 64),
      limit: values.limit === undefined ? Number.POSITIVE_INFINITY : parseCount("--limit", values.limit, 1e9),
    };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${REPLAY_USAGE}`);
  }
}

function parseCount(name: string, text: string, most: number): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= most) return count;
  throw new Error(`${name} takes a whole number from 1 to ${most}, not "${text}".`);
}

function parseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new Error(`--url takes an http or https address, not "${text}".`);
  }
  return text.replace(/\/+$/, "");
}
