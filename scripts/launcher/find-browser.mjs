import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { bin, root } from "./prepare.mjs";
import { PlainError, runQuietly, step } from "./step.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Path of a Chromium to test with: CHROMIUM_PATH, Playwright's own, or the system's; null when there is none. */
export async function findBrowser() {
  const { chromium } = await import("@playwright/test");
  const installed = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((dir) => NAMES.map((name) => join(dir, name)));
  const candidates = [
    process.env.CHROMIUM_PATH,
    chromium.executablePath(),
    "/usr/bin/chromium",
    ...installed,
  ];
  return candidates.find((path) => path && isExecutable(path)) ?? null;
}

/**
 * Gets a Chromium where none is: Playwright's download, else Debian's package.
 * @throws PlainError saying what to do when neither is to be had.
 */
export function getBrowser() {
  return step("Browser", async () => {
    if (await findBrowser()) return "there";
    const download = spawnSync(process.execPath, [bin.playwright, "install", "chromium"], {
      cwd: root,
      stdio: "ignore",
      timeout: 180_000,
    });
    if (download.status === 0 && (await findBrowser())) return "downloaded";
    const advice = "Install Chromium or Chrome yourself, or name one with CHROMIUM_PATH=/path/to/chromium.";
    if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) {
      throw new PlainError(
        `There is no Chromium to test with, and Playwright could not download one. ${advice}`,
      );
    }
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await runQuietly("apt-get", ["update", "-q"], { env, advice });
    await runQuietly("apt-get", ["install", "-q", "-y", "chromium"], { env, advice });
    if (!(await findBrowser())) throw new PlainError(`apt-get installed no Chromium. ${advice}`);
    return "installed";
  });
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
