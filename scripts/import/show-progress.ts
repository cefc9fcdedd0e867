const WIDTH = 30;

/** Shows on stderr how much of a file has been read: a bar on a terminal, else one plain line per tenth. */
export function showProgress(bytesInAll: number) {
  const isBar = process.stderr.isTTY === true;
  const startedAt = Date.now();
  let drawnAt = 0;
  let tenth = 0;
  const draw = (share: number, said: string) => {
    const filled = Math.round(share * WIDTH);
    const cells = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    process.stderr.write(`\r  ${cells} ${String(Math.floor(share * 100)).padStart(3)} %  ${said}\u001b[K`);
  };
  return {
    advance(bytesRead: number, lines: number): void {
      const share = bytesInAll === 0 ? 1 : Math.min(bytesRead / bytesInAll, 1);
      const perSecond = Math.round((lines * 1000) / Math.max(Date.now() - startedAt, 1));
      const said = `${lines} lines, ${perSecond} a second`;
      if (isBar && (share === 1 || Date.now() - drawnAt > 100)) {
        drawnAt = Date.now();
        draw(share, said);
      }
      if (!isBar && Math.floor(share * 10) > tenth) {
        tenth = Math.floor(share * 10);
        console.error(`  ${tenth * 10} %  ${said}`);
      }
    },
    end(): void {
      if (isBar) process.stderr.write("\n");
    },
  };
}
