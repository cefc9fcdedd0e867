const WIDTH = 30;
/** A terminal is drawn to no more often, in milliseconds. */
const REDRAW_MS = 100;

/** Shows on stderr how far something is: a bar on a terminal, else one plain line per tenth. */
export function showProgress() {
  const isBar = process.stderr.isTTY === true;
  let drawnAt = 0;
  let tenth = 0;
  return {
    /** `share` is from 0 to 1 and never falls; `said` goes beside it. */
    advance(share: number, said: string): void {
      if (isBar) {
        if (share < 1 && Date.now() - drawnAt < REDRAW_MS) return;
        drawnAt = Date.now();
        const filled = Math.round(share * WIDTH);
        const cells = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        const percent = String(Math.floor(share * 100)).padStart(3);
        process.stderr.write(`\r  ${cells} ${percent} %  ${said}\u001b[K`);
      } else if (Math.floor(share * 10) > tenth) {
        tenth = Math.floor(share * 10);
        console.error(`  ${tenth * 10} %  ${said}`);
      }
    },
    end(): void {
      if (isBar) process.stderr.write("\n");
    },
  };
}
