import { killAllProcesses } from "./start-process";

const REPEATED_SIGNAL_MS = 1000;

/**
 * Leaves in order at the first SIGINT, SIGTERM or SIGHUP, and when a parent that listens goes away; at the next signal
 * at once. `isLeaving` says whether that has begun already.
 */
export function listenForSignals(isLeaving: () => boolean, leave: (code: number) => Promise<void>): void {
  let firstAt = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!isLeaving()) {
        firstAt = Date.now();
        console.log("\nStopping … (once more to force it)");
        void leave(0);
      } else if (Date.now() - firstAt > REPEATED_SIGNAL_MS) {
        // npm passes on the Ctrl-C that the terminal has already sent here: the two within a second are one.
        killAllProcesses();
        process.exit(130);
      }
    });
  }
  process.on("disconnect", () => void leave(0));
}
