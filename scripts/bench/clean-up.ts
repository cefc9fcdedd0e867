type Undo = () => Promise<unknown> | unknown;

const stack: Undo[] = [];
let running: Promise<void> | null = null;

/** Remembers how to undo something; undone last first, at the end or on Ctrl-C. */
export const onCleanUp = (undo: Undo): void => void stack.push(undo);

/** Undoes everything remembered; what fails is reported and does not keep the rest from being undone. */
export function cleanUp(): Promise<void> {
  running ??= (async () => {
    for (let undo = stack.pop(); undo; undo = stack.pop()) {
      try {
        await undo();
      } catch (error) {
        console.error("clean-up:", error instanceof Error ? error.message : error);
      }
    }
    running = null;
  })();
  return running;
}

/** Cleans up and leaves on Ctrl-C and SIGTERM. */
export function cleanUpOnSignals(): void {
  for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
    process.on(signal, () => {
      if (running) return;
      console.error("\nCleaning up …");
      void cleanUp().finally(() => process.exit(code));
    });
  }
}
