import { spawn } from "node:child_process";

const tty = process.stdout.isTTY === true && !process.env.CI;
const colour = (code, text) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;

/** An error whose message says all there is to say: no stack is shown for it. */
export class PlainError extends Error {}

/**
 * Runs one step of a start-up and shows it: its name while it runs, then ✓ with the seconds it took, or ✗.
 * A string that `work` resolves to stands beside the name. Rejects with what `work` rejects with.
 */
export async function step(name, work) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  const draw = () => process.stdout.write(`\r\u001b[K  … ${name} ${colour(2, seconds())}`);
  const ticker = tty ? setInterval(draw, 200) : null;
  if (tty) draw();
  const finish = (mark, note) => {
    if (ticker) clearInterval(ticker);
    const detail = [note, seconds()].filter(Boolean).join(", ");
    process.stdout.write(`${tty ? "\r\u001b[K" : ""}  ${mark} ${name} ${colour(2, `(${detail})`)}\n`);
  };
  try {
    const result = await work();
    finish(colour(32, "✓"), typeof result === "string" ? result : "");
    return result;
  } catch (error) {
    finish(colour(31, "✗"), "");
    throw error;
  }
}

/**
 * Runs a program to its end without showing what it prints.
 * @throws PlainError with the last lines it printed and `advice`, when it fails or cannot be started.
 */
export function runQuietly(command, args, { env = {}, advice = "", cwd } = {}) {
  return new Promise((resolve, reject) => {
    let printed = "";
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    const keep = (chunk) => {
      printed = shorten(printed + chunk);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const fail = (what) => {
      reject(
        new PlainError(
          [`${command} ${args.join(" ")} ${what}`, printed.trimEnd(), advice].filter(Boolean).join("\n\n"),
        ),
      );
    };
    child.on("error", (error) => fail(`could not be started: ${error.message}`));
    child.on("close", (code, signal) =>
      code === 0 ? resolve() : fail(`ended with ${signal ?? `exit code ${code}`}.`),
    );
  });
}

/** The first and the last lines of a long text: the cause of a failure stands at either end. */
function shorten(text) {
  const lines = text.split("\n");
  return lines.length <= 80 ? text : [...lines.slice(0, 20), "…", ...lines.slice(-40)].join("\n");
}
