import { parseArgs } from "node:util";
import { DEFAULT_IMPORT_AGENT } from "@/lib/imports/import-agent";
import { PlainError } from "../launcher/step.mjs";

const IMPORT_USAGE = `npm run import -- FILE.jsonl|FILE.csv [--mapping MAP.json] [--dry-run] [--agent NAME] [--owner EMAIL] [--rejected FILE]
Brings decisions of the past into the trail and the library. Run again, it goes on, and brings nothing in twice.
  --mapping   what the columns are; a CSV file needs it (docs/import.md)
  --dry-run   say what would come in, and write nothing to the database
  --agent     the agent they stand under; default "${DEFAULT_IMPORT_AGENT}"
  --owner     who answers for a new agent, by e-mail address; default the first admin
  --rejected  where bad lines are listed with their reasons; default FILE.rejected.jsonl beside the file`;

export interface ImportArguments {
  file: string;
  format: "jsonl" | "csv";
  mappingFile: string | null;
  dryRun: boolean;
  agentName: string;
  ownerEmail: string | null;
  rejectedFile: string;
}

/** @throws PlainError with the problem and the usage. */
export function parseImportArguments(argv: string[]): ImportArguments {
  try {
    const text = { type: "string" } as const;
    const { values, positionals } = parseArgs({
      args: argv,
      options: { mapping: text, agent: text, owner: text, rejected: text, "dry-run": { type: "boolean" } },
      allowPositionals: true,
    });
    const [file, ...extra] = positionals;
    if (!file) throw new Error("Say which file to import.");
    if (extra.length > 0) throw new Error(`One file at a time; what is "${extra[0]}"?`);
    const agentName = (values.agent ?? DEFAULT_IMPORT_AGENT).trim();
    if (agentName.length === 0 || agentName.length > 100) {
      throw new Error("An agent's name has 1 to 100 characters.");
    }
    return {
      file,
      format: formatOf(file),
      mappingFile: values.mapping ?? null,
      dryRun: values["dry-run"] ?? false,
      agentName,
      ownerEmail: values.owner ?? null,
      rejectedFile: values.rejected ?? `${file}.rejected.jsonl`,
    };
  } catch (error) {
    throw new PlainError(`${(error as Error).message}\n\n${IMPORT_USAGE}`);
  }
}

function formatOf(file: string): "jsonl" | "csv" {
  if (/\.(jsonl|ndjson)$/i.test(file)) return "jsonl";
  if (/\.(csv|tsv)$/i.test(file)) return "csv";
  throw new Error(`A file to import ends in .jsonl or .csv; "${file}" does not.`);
}
