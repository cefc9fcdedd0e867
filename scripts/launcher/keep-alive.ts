import { restartDelayMs } from "./restart-delay";

/** Something that runs beside the launcher. `stop` resolves when it has ended. */
export interface Running {
  pid: number | undefined;
  stop: () => Promise<void>;
}

export interface KeptAlive {
  name: string;
  pid: () => number | undefined;
  stop: () => Promise<void>;
}

interface Supervision {
  /** Called with a sentence about each crash and each restart. */
  report: (sentence: string) => void;
  /** Called once, with the reason, when it crashed too often to go on. */
  giveUp: (reason: string) => void;
  /** Called whenever another process stands in for the former. */
  restarted: () => void;
}

/**
 * Starts something and, when it ends unasked, starts it again, a little later each time; five crashes in a minute are
 * given up on. Resolves when it runs for the first time.
 * @throws what `start` throws at the first attempt: a thing that never ran is not retried.
 */
export async function keepAlive(
  name: string,
  start: (hooks: { onExit: (reason: string) => void; signal: AbortSignal }) => Promise<Running>,
  { report, giveUp, restarted }: Supervision,
): Promise<KeptAlive> {
  const abort = new AbortController();
  const crashes: number[] = [];
  let launching: Promise<Running | null>;
  let running: Running | null = null;

  const launch = () => start({ onExit: crashed, signal: abort.signal });
  async function relaunch(): Promise<Running | null> {
    try {
      running = await launch();
      if (abort.signal.aborted) return running;
      report(`${name} runs again.`);
      restarted();
      return running;
    } catch (error) {
      crashed((error as Error).message);
      return null;
    }
  }
  function crashed(reason: string): void {
    running = null;
    if (abort.signal.aborted) return;
    const now = Date.now();
    crashes.push(now);
    const delayMs = restartDelayMs(crashes, now);
    if (delayMs === null) {
      giveUp(`${name} crashed five times within a minute, last: ${reason}`);
      return;
    }
    report(`${name} ended (${reason}); starting it again.`);
    launching = new Promise((resolve) => {
      setTimeout(() => resolve(abort.signal.aborted ? null : relaunch()), delayMs);
    });
  }

  running = await launch();
  launching = Promise.resolve(running);
  return {
    name,
    pid: () => running?.pid,
    async stop() {
      abort.abort();
      await launching;
      await running?.stop();
    },
  };
}
