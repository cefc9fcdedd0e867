/**
 * Runs `work` again and again, `pauseMs` after each end, until `stop()`, which waits for the run under way. A run that
 * fails is logged once per change of reason and does not end the repetition: a database that is away comes back.
 */
export function repeat(
  name: string,
  pauseMs: number,
  work: () => Promise<unknown>,
): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let failure = "";
  const schedule = () => {
    if (!stopped) timer = setTimeout(() => (running = run()), pauseMs);
  };
  const run = async () => {
    try {
      await work();
      if (failure) console.log(`worker: ${name} works again`);
      failure = "";
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!stopped && reason !== failure) console.error(`worker: ${name} failed, trying again: ${reason}`);
      failure = reason;
    }
    schedule();
  };
  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
