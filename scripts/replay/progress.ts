/** Shows how far a replay is on stderr: a bar on a terminal, else one plain line per tenth. */
export function showProgress(total: number): { advance: () => void; end: () => void } {
  const bar = process.stderr.isTTY === true;
  let done = 0;
  let drawnAt = 0;
  const draw = () => {
    const share = total === 0 ? 1 : Math.min(done / total, 1);
    const filled = Math.round(share * 30);
    const cells = "█".repeat(filled) + "░".repeat(30 - filled);
    process.stderr.write(
      `\r  ${cells} ${String(Math.floor(share * 100)).padStart(3)} %  ${done} of ${total} `,
    );
  };
  return {
    advance() {
      const before = Math.floor((done * 10) / total);
      done += 1;
      if (bar && Date.now() - drawnAt > 50) {
        drawnAt = Date.now();
        draw();
      }
      const tenth = Math.floor((done * 10) / total);
      if (!bar && tenth > before) console.error(`  ${tenth * 10} %  ${done} of ${total}`);
    },
    end() {
      if (!bar) return;
      draw();
      process.stderr.write("\n");
    },
  };
}
