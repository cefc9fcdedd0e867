import { parseArgs } from "node:util";
import { parseLifetime } from "@/lib/keys/parse-lifetime";
import { parseScopes } from "@/lib/keys/scopes";
import { PlainError } from "./step.mjs";

export const KEYS_USAGE = `npm run -s keys -- COMMAND
  create --agent NAME [--owner EMAIL] [--scopes a,b] [--expires 90d] [--by EMAIL]
         a key for an agent, which is made if there is none of that name
  create --integration NAME --scopes facts:write[,…] [--owner EMAIL] [--expires 90d] [--by EMAIL]
         a key for a trusted system
  list   every key, newest first
  rotate PREFIX|ID [--by EMAIL]    a new key in place of this one, which ends at once
  revoke PREFIX|ID                 ends it at once
The key is printed once, alone on the last line. --by names you: you then never decide on what the key submits.`;

export type KeyCommand =
  | {
      verb: "create";
      holder: { kind: "agent" | "integration"; name: string };
      ownerEmail?: string;
      scopes?: string;
      expiresAfterMs?: number;
      creatorEmail?: string;
    }
  | { verb: "list" }
  | { verb: "rotate"; idOrPrefix: string; rotatorEmail?: string }
  | { verb: "revoke"; idOrPrefix: string };

const fail = (problem: string) => new PlainError(`${problem}\n\n${KEYS_USAGE}`);

/**
 * The command that `npm run keys` was given.
 * @throws PlainError with the usage, or CountersignError for scopes and lifetimes that are none.
 */
export function parseKeyCommand(argv: string[]): KeyCommand {
  const { values, positionals } = parse(argv);
  const [verb, target, ...extra] = positionals;
  if (extra.length > 0) throw fail(`What is "${extra[0]}"?`);
  const only = (...allowed: string[]) => {
    const odd = Object.keys(values).find((name) => !allowed.includes(name));
    if (odd) throw fail(`${verb} takes no --${odd}.`);
  };
  switch (verb) {
    case "create": {
      only("agent", "integration", "owner", "scopes", "expires", "by");
      if (target) throw fail(`What is "${target}"?`);
      const { agent, integration } = values;
      if ((agent === undefined) === (integration === undefined)) {
        throw fail("Say for whom: either --agent NAME or --integration NAME.");
      }
      const kind = agent === undefined ? "integration" : "agent";
      parseScopes(values.scopes, kind);
      return {
        verb,
        holder: { kind, name: agent ?? integration ?? "" },
        ownerEmail: values.owner,
        scopes: values.scopes,
        expiresAfterMs: values.expires === undefined ? undefined : parseLifetime(values.expires),
        creatorEmail: values.by,
      };
    }
    case "list":
      only();
      if (target) throw fail(`What is "${target}"?`);
      return { verb };
    case "rotate":
      only("by");
      if (!target) throw fail("Which one? rotate PREFIX|ID");
      return { verb, idOrPrefix: target, rotatorEmail: values.by };
    case "revoke":
      only();
      if (!target) throw fail("Which one? revoke PREFIX|ID");
      return { verb, idOrPrefix: target };
    default:
      throw fail(verb ? `There is no command "${verb}".` : "Say what to do.");
  }
}

function parse(argv: string[]) {
  const text = { type: "string" } as const;
  try {
    const options = { agent: text, integration: text, owner: text, scopes: text, expires: text, by: text };
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    throw fail((error as Error).message);
  }
}
