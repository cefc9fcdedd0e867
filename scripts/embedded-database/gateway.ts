import type { Socket } from "node:net";
import type { Backend } from "./backend";
import { type Batch, ClientSession } from "./client-session";
import { FrameReader } from "./frame-reader";
import { SessionSettings } from "./session-settings";
import { greet } from "./startup";
import { cstring, errorFrame, frame, queryFrame, syncFrame } from "./wire";

export interface GatewayOptions {
  /** How long a client may leave its transaction open without a word before it is rolled back. */
  idleInTransactionMs: number;
}

const GOODBYE_MS = 25;

/** Unread input beyond which a client that already has work waiting is not read any further. */
const MAX_READY_BATCHES = 1000;

/**
 * Lets many clients share the one backend. Each gets it for one batch (up to the `Sync` or `Query`
 * that ends it) and keeps it while its transaction is open; the others wait in order of arrival.
 * Nothing reaches the backend before its batch is complete, so a slow client holds nobody up.
 *
 * Statement names and settings are kept apart. What is still shared: temporary tables, session
 * advisory locks (everybody gets them), SQL-level PREPARE, WITH HOLD cursors, LISTEN.
 */
export class Gateway {
  private readonly clients = new Set<ClientSession>();
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly settings: SessionSettings;
  /** The client whose transaction (or batch cut by a Flush) is open. */
  private holder: ClientSession | null = null;
  private holderTimer: NodeJS.Timeout | undefined;
  private unnamedOwner: ClientSession | null = null;
  private lastId = 0;
  private running: Promise<void> | null = null;
  private closing = false;

  constructor(
    private readonly backend: Backend,
    private readonly options: GatewayOptions,
  ) {
    this.settings = new SessionSettings(backend);
  }

  /** Serves one connection until it ends. */
  accept(socket: Socket): void {
    const client = new ClientSession(++this.lastId, socket);
    const reader = new FrameReader();
    let greeted = false;
    this.clients.add(client);
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.leave(client));
    socket.on("end", () => {
      client.takeEnd();
      this.enqueue(client);
    });
    socket.on("data", (chunk) => {
      if (client.ended) return;
      reader.push(chunk);
      try {
        while (!greeted) {
          const packet = reader.next(false);
          if (!packet) return;
          greeted = greet(packet, client, this.backend.greeting);
        }
        for (let message = reader.next(true); message; message = reader.next(true)) {
          client.take(message);
        }
      } catch (error) {
        client.takeEnd((error as Error).message);
      }
      if (client.ready.length > MAX_READY_BATCHES) socket.pause();
      this.enqueue(client);
    });
  }

  /** Runs `task` alone on the backend, in its turn and outside any client's transaction. */
  runAlone<T>(task: (backend: Backend) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        this.unnamedOwner = null;
        return task(this.backend).then(resolve, reject);
      });
      this.run();
    });
  }

  /**
   * Stops serving. A transaction that is open gets `graceMs` to finish and is then rolled back;
   * what has not begun is not begun. Resolves when the backend is idle.
   */
  async close(graceMs = 1000): Promise<void> {
    const deadline = Date.now() + graceMs;
    // Clients that are saying good-bye at the same moment should not be told FATAL.
    await new Promise((resolve) => setTimeout(resolve, GOODBYE_MS));
    this.closing = true;
    while (this.holder && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.waiting.length = 0;
    await this.running;
    for (const client of [...this.clients]) {
      this.dismiss(client, "57P01", "terminating connection due to administrator command");
    }
    await this.rollBack();
  }

  private enqueue(client: ClientSession): void {
    if (client.ready.length === 0 && !client.ended) return;
    if (client !== this.holder && !client.queued) {
      client.queued = true;
      this.waiting.push(() => this.serve(client));
    }
    this.run();
  }

  /** Gives out turns until there is nothing left that may run. */
  private run(): void {
    this.running ??= this.giveTurns().finally(() => {
      this.running = null;
    });
  }

  private async giveTurns(): Promise<void> {
    for (;;) {
      const holder = this.holder;
      if (holder) {
        if (holder.ready.length === 0 && !holder.ended) return;
        await this.serve(holder);
      } else {
        const turn = this.closing ? undefined : this.waiting.shift();
        if (!turn) return;
        await turn();
      }
      // Lets the sockets be read between turns, so that order of arrival is what counts.
      await new Promise(setImmediate);
    }
  }

  /** One turn: the client's next batch, or the tidying up after one that has gone. */
  private async serve(client: ClientSession): Promise<void> {
    client.queued = false;
    if (client.ended) return this.tidyUp(client);
    const batch = client.ready.shift();
    if (!batch) return;
    if (client.socket.isPaused() && client.ready.length < MAX_READY_BATCHES / 2) {
      client.socket.resume();
    }
    if (batch.end === "X") {
      if (batch.violation) this.dismiss(client, "08P01", batch.violation);
      else client.socket.end();
      client.ended = true;
      return this.tidyUp(client);
    }
    if (!this.holder) {
      const refused = await this.prepare(client, batch);
      if (refused) {
        this.dismiss(client, "22023", refused);
        return this.tidyUp(client);
      }
    }
    await this.runBatch(client, batch);
    this.enqueue(client);
  }

  /** Makes the backend look as this client left it. Returns why that failed, or null. */
  private async prepare(client: ClientSession, batch: Batch): Promise<string | null> {
    try {
      if (await this.settings.handTo(client)) this.unnamedOwner = null;
    } catch (error) {
      return `session settings could not be restored: ${(error as Error).message}`;
    }
    if (batch.needsUnnamed && client.unnamedParse && this.unnamedOwner !== client) {
      await this.backend.exec(Buffer.concat([client.unnamedParse, syncFrame]));
      this.unnamedOwner = client;
    }
    return null;
  }

  private async runBatch(client: ClientSession, batch: Batch): Promise<void> {
    clearTimeout(this.holderTimer);
    if (batch.dropsStatements) await this.dropStatements(client);
    const frames = batch.frames;
    const reply = await this.backend.exec(
      frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames),
    );
    if (!client.socket.destroyed) client.socket.write(reply);
    if (batch.touchesSettings) this.settings.noteTouch(client);
    if (batch.unnamedParse !== undefined) {
      client.unnamedParse = batch.unnamedParse;
      this.unnamedOwner = client;
    }
    this.holder = isIdleAfter(batch, reply) ? null : client;
    if (this.holder) {
      this.holderTimer = setTimeout(() => this.expire(client), this.options.idleInTransactionMs);
    }
  }

  private expire(client: ClientSession): void {
    if (this.holder !== client || client.ready.length > 0) return;
    this.dismiss(client, "25P03", "terminating connection due to idle-in-transaction timeout");
    this.run();
  }

  /** Tells a client why it must go and closes its connection; its turn to be tidied up comes. */
  private dismiss(client: ClientSession, code: string, message: string): void {
    if (!client.socket.destroyed) {
      client.socket.write(errorFrame("FATAL", code, message));
      client.socket.destroySoon();
    }
    client.ended = true;
    client.ready.length = 0;
  }

  private leave(client: ClientSession): void {
    client.ended = true;
    client.ready.length = 0;
    if (!this.clients.has(client)) return;
    if (client.statements.size === 0 && this.holder !== client) this.clients.delete(client);
    else this.enqueue(client);
  }

  private async tidyUp(client: ClientSession): Promise<void> {
    if (this.holder === client) await this.rollBack();
    if (!this.clients.delete(client)) return;
    await this.dropStatements(client);
  }

  private async rollBack(): Promise<void> {
    clearTimeout(this.holderTimer);
    if (!this.holder) return;
    await this.backend.exec(Buffer.concat([syncFrame, queryFrame("rollback")]));
    this.holder = null;
    this.unnamedOwner = null;
  }

  private async dropStatements(client: ClientSession): Promise<void> {
    if (client.statements.size === 0) return;
    const closes = [...client.statements].map((name) => frame("C", Buffer.from("S"), cstring(name)));
    await this.backend.exec(Buffer.concat([...closes, syncFrame]));
  }
}

/** Whether the backend answered the batch with a ReadyForQuery that says "no transaction is open". */
function isIdleAfter(batch: Batch, reply: Buffer): boolean {
  if (batch.end === "H") return false;
  // A `Query` that follows a failed, unsynced message is skipped: then no ReadyForQuery is there.
  return reply.subarray(-6).equals(READY_AND_IDLE);
}

const READY_AND_IDLE = frame("Z", Buffer.from("I"));
