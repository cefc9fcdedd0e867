import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { cstring, frame, typeOf } from "./wire";

/** Messages that run together: up to and with the one that asks for an answer, or asks to end. */
export interface Batch {
  frames: Buffer[];
  /** The type of its last message: `Q` query, `F` function call, `S` sync, `H` flush, `X` terminate. */
  end: string;
  /** Why the client must go, when it broke the protocol (`end` is `X`). */
  violation: string | null;
  /** Binds or describes the unnamed statement of an earlier batch. */
  needsUnnamed: boolean;
  /** The unnamed statement it leaves behind: undefined when untouched, null when dropped. */
  unnamedParse: Buffer | null | undefined;
  touchesSettings: boolean;
  dropsStatements: boolean;
}

/** PostgreSQL cuts statement names at 63 bytes; longer ones are hashed so that they stay apart. */
const MAX_NAME_BYTES = 63;

const SQL_START = String.raw`(?:^|;)(?:\s|--[^\n]*\n|/\*[\s\S]*?\*/)*`;
const SETS_SESSION = new RegExp(
  `${SQL_START}(?:set\\s+(?!local\\b|transaction\\b|constraints\\b)|reset\\b|discard\\b)|\\bset_config\\s*\\(`,
  "i",
);
const COPIES_IN = new RegExp(`${SQL_START}copy\\b[^;]*\\bfrom\\s+stdin\\b`, "i");
const DROPS_ALL = new RegExp(`${SQL_START}(discard|deallocate)\\s+(?:prepare\\s+)?all\\b`, "i");

/** PGlite reads on past the end of its input in a COPY and dies: an error of the same kind instead. */
const COPY_REFUSAL = `do $$ begin raise exception using errcode = '0A000', message =
  'COPY FROM STDIN is not supported by the embedded database',
  hint = 'Use INSERT, or set DATABASE_URL to a PostgreSQL server.'; end $$`;

/**
 * What one client has of its own on the backend it shares with all others: its batches waiting to
 * run, its prepared statements (kept apart by a prefix) and its session settings.
 */
export class ClientSession {
  readonly ready: Batch[] = [];
  readonly statements = new Set<string>();
  settings: [string, string][] = [];
  settingsTouched = false;
  /** The last unnamed Parse, to be repeated when another client's has replaced it. */
  unnamedParse: Buffer | null = null;
  queued = false;
  ended = false;
  private batch = emptyBatch();

  constructor(
    readonly id: number,
    readonly socket: Socket,
  ) {}

  /** Takes the client's next message; a batch that it completes goes to `ready`. */
  take(message: Buffer): void {
    const type = typeOf(message);
    const batch = this.batch;
    if (type === "P") this.takeParse(message);
    else if (type === "B") this.takeBind(message);
    else if (type === "D" || type === "C") this.takeNamed(type, message);
    else if (type === "Q") this.takeQuery(message);
    else if ("ESHFX".includes(type)) batch.frames.push(message);
    else if (!"dcf".includes(type)) this.takeEnd(`invalid frontend message type "${type}"`);
    if ("QSHFX".includes(type)) this.finish(type);
  }

  /** The client will send no more, or broke the protocol. Messages without their Sync are dropped. */
  takeEnd(violation: string | null = null): void {
    this.batch = { ...emptyBatch(), violation };
    this.finish("X");
  }

  private finish(type: string): void {
    this.batch.end = type;
    this.ready.push(this.batch);
    this.batch = emptyBatch();
  }

  private takeQuery(message: Buffer): void {
    const sql = message.toString("utf8", 5, message.length - 1);
    const rewritten = this.inspectSql(sql);
    this.batch.frames.push(rewritten === sql ? message : frame("Q", cstring(rewritten)));
    this.batch.unnamedParse = null;
  }

  private takeParse(message: Buffer): void {
    const nameEnd = message.indexOf(0, 5);
    const sqlEnd = message.indexOf(0, nameEnd + 1);
    if (nameEnd < 0 || sqlEnd < 0) {
      this.takeEnd("invalid Parse message");
      return;
    }
    const name = message.toString("utf8", 5, nameEnd);
    const sql = message.toString("utf8", nameEnd + 1, sqlEnd);
    const rewritten = this.inspectSql(sql);
    const parse =
      name === "" && rewritten === sql
        ? message
        : frame("P", cstring(this.backendName(name)), cstring(rewritten), message.subarray(sqlEnd + 1));
    this.batch.frames.push(parse);
    if (name === "") this.batch.unnamedParse = parse;
    else this.statements.add(this.backendName(name));
  }

  private takeBind(message: Buffer): void {
    const portalEnd = message.indexOf(0, 5);
    const nameEnd = message.indexOf(0, portalEnd + 1);
    if (portalEnd < 0 || nameEnd < 0) {
      this.takeEnd("invalid Bind message");
      return;
    }
    const name = message.toString("utf8", portalEnd + 1, nameEnd);
    if (name === "") {
      this.noteUnnamedUse();
      this.batch.frames.push(message);
      return;
    }
    const portal = message.subarray(5, portalEnd + 1);
    const rest = message.subarray(nameEnd + 1);
    this.batch.frames.push(frame("B", portal, cstring(this.backendName(name)), rest));
  }

  /** Describe and Close name a statement (`S`) or a portal (`P`); portals never outlive a turn. */
  private takeNamed(type: string, message: Buffer): void {
    const name = message.toString("utf8", 6, Math.max(6, message.length - 1));
    const ofStatement = message[5] === 0x53;
    if (ofStatement && name === "" && type === "D") this.noteUnnamedUse();
    const own = ofStatement && name !== "";
    if (own && type === "C") this.statements.delete(this.backendName(name));
    this.batch.frames.push(
      own ? frame(type, message.subarray(5, 6), cstring(this.backendName(name))) : message,
    );
  }

  private noteUnnamedUse(): void {
    if (!this.batch.unnamedParse) this.batch.needsUnnamed = true;
  }

  /** Notes what a statement does to shared state and returns the SQL to run in its place. */
  private inspectSql(sql: string): string {
    if (COPIES_IN.test(sql)) return COPY_REFUSAL;
    if (SETS_SESSION.test(sql)) this.batch.touchesSettings = true;
    const drop = DROPS_ALL.exec(sql);
    if (!drop) return sql;
    // Run as it stands it would drop every other client's statements too.
    this.batch.dropsStatements = true;
    return drop[1]?.toLowerCase() === "discard" ? "RESET ALL" : "UNLISTEN *";
  }

  private backendName(name: string): string {
    if (name === "") return "";
    const prefixed = `c${this.id}_${name}`;
    if (Buffer.byteLength(prefixed) <= MAX_NAME_BYTES) return prefixed;
    return `c${this.id}_${createHash("sha1").update(name).digest("hex")}`;
  }
}

function emptyBatch(): Batch {
  return {
    frames: [],
    end: "",
    violation: null,
    needsUnnamed: false,
    unnamedParse: undefined,
    touchesSettings: false,
    dropsStatements: false,
  };
}
