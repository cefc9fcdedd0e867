import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { currentProcess, isRunning, type ProcessIdentity } from "./process-identity";

interface LockFile extends ProcessIdentity {
  released: boolean;
}

/** The directory is in use, or may be; the message says by whom and what to do. */
export class DataDirectoryLocked extends Error {}

/**
 * Takes `dataDir` (made when missing) for this process alone and returns what gives it back.
 * Throws DataDirectoryLocked while another process holds it; takes over from one that has died.
 *
 * Locks are files `lock.1`, `lock.2`, …: the highest one counts, is never deleted, and can only be
 * succeeded by link()ing the next number, which one of any number of starters can do. So there is no
 * moment at which a stale lock has been removed and two starters see a free directory.
 */
export function lockDataDirectory(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  for (;;) {
    const held = highestLock(dataDir);
    requireStale(dataDir, held);
    const mine = held + 1;
    if (!writeLock(dataDir, mine, false)) continue;
    if (highestLock(dataDir) !== mine) {
      rmSync(lockPath(dataDir, mine), { force: true });
      continue;
    }
    for (const number of lockNumbers(dataDir)) {
      if (number < mine) rmSync(lockPath(dataDir, number), { force: true });
    }
    // Marked, not deleted: numbers must only grow.
    return () => void writeLock(dataDir, mine + 1, true);
  }
}

function requireStale(dataDir: string, number: number): void {
  const path = lockPath(dataDir, number);
  const lock = readLock(path);
  if (!lock || lock.released) return;
  const state = isRunning(lock);
  if (state === "dead") return;
  const [host] = lock.world.split(" ");
  throw new DataDirectoryLocked(
    state === "running"
      ? `another Countersign (pid ${lock.pid}) is using ${dataDir}; stop it, or set DATA_DIR`
      : `${dataDir} was last used by pid ${lock.pid} on ${host}, in another container or machine, which cannot be checked from here; if it no longer runs, delete ${path}`,
  );
}

/** Null when it is gone (superseded meanwhile) or empty (only a crash of the machine leaves it so). */
function readLock(path: string): LockFile | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LockFile;
  } catch {
    return null;
  }
}

/** Puts a complete lock file in place in one step; false when that number is taken. */
function writeLock(dataDir: string, number: number, released: boolean): boolean {
  const lock: LockFile = { ...currentProcess(), released };
  const draft = join(dataDir, `lock-of-${process.pid}-${process.hrtime.bigint()}`);
  writeFileSync(draft, `${JSON.stringify(lock)}\n`);
  try {
    linkSync(draft, lockPath(dataDir, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function highestLock(dataDir: string): number {
  return Math.max(0, ...lockNumbers(dataDir));
}

function lockNumbers(dataDir: string): number[] {
  return readdirSync(dataDir).flatMap((name) => {
    const match = /^lock\.(\d+)$/.exec(name);
    return match ? [Number(match[1])] : [];
  });
}

function lockPath(dataDir: string, number: number): string {
  return join(dataDir, `lock.${number}`);
}
