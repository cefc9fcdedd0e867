import { randomInt } from "node:crypto";
import type { ClientSession } from "./client-session";
import { frame, framesOf, typeOf } from "./wire";

const SSL_REQUEST = 80877103;
const GSSENC_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const PROTOCOL_MAJOR = 3;

/** Start-up parameters that need no setting: who and what, and what one backend for all cannot keep. */
const NOT_SETTINGS = new Set([
  "user",
  "database",
  "replication",
  "options",
  "client_encoding",
  "application_name",
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
]);

/**
 * Answers one packet that comes before the session: encryption is declined, a cancel request closed.
 * Returns true when the session has begun; throws with the reason when it cannot.
 */
export function greet(packet: Buffer, client: ClientSession, greeting: Buffer): boolean {
  const code = packet.length >= 8 ? packet.readInt32BE(4) : 0;
  if (code === SSL_REQUEST || code === GSSENC_REQUEST) {
    client.socket.write("N");
    return false;
  }
  if (code === CANCEL_REQUEST) {
    client.socket.destroy();
    return false;
  }
  if (code >>> 16 !== PROTOCOL_MAJOR) throw new Error("unsupported frontend protocol");
  const parameters = readParameters(packet);
  const database = parameters.get("database") ?? "postgres";
  if (database !== "postgres") {
    throw new Error(`database "${database}" does not exist: the embedded database has only "postgres"`);
  }
  client.settings = settingsOf(parameters);
  client.socket.write(greetingFor(client.id, greeting));
  return true;
}

function readParameters(packet: Buffer): Map<string, string> {
  const strings = packet.toString("utf8", 8).split("\0");
  const parameters = new Map<string, string>();
  for (let at = 0; strings[at]; at += 2) parameters.set(strings[at] as string, strings[at + 1] ?? "");
  return parameters;
}

/** Settings given as parameters of their own or as `options=-c name=value` (libpq's form). */
function settingsOf(parameters: Map<string, string>): [string, string][] {
  const given = [...parameters].filter(([name]) => !NOT_SETTINGS.has(name) && !name.startsWith("_pq_."));
  const options = parameters.get("options") ?? "";
  for (const match of options.matchAll(/(?:-c\s*|--)([\w.]+)=((?:\\.|\S)*)/g)) {
    const [name, value] = [match[1] ?? "", (match[2] ?? "").replace(/\\(.)/g, "$1")];
    if (!NOT_SETTINGS.has(name)) given.push([name, value]);
  }
  return given;
}

/** The backend's own greeting, with a cancel key of this connection's and an idle status. */
function greetingFor(id: number, greeting: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (const [type, body] of framesOf(greeting)) {
    if (type !== "K") {
      parts.push(frame(type, body));
      continue;
    }
    const key = Buffer.alloc(8);
    key.writeInt32BE(id, 0);
    key.writeInt32BE(randomInt(2 ** 31), 4);
    parts.push(frame("K", key));
  }
  const last = parts.at(-1);
  if (!last || typeOf(last) !== "Z") throw new Error("the backend did not become ready");
  return Buffer.concat(parts);
}
