import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Names one run of one process, so that a reused process id is not mistaken for it. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in whatever form the system gives; compared for equality only. */
  started: string;
  /** The boot and process-id namespace in which the pid means anything. */
  world: string;
}

/** The identity of this process. */
export function currentProcess(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) ?? "", world: currentWorld() };
}

/**
 * Whether that very process still runs. A pid of another machine, boot or container cannot be looked
 * up from here: `unknown`, unless it was this machine before a restart. A zombie is `dead`.
 */
export function isRunning(identity: ProcessIdentity): "running" | "dead" | "unknown" {
  const [host, boot, namespace] = identity.world.split(" ");
  const [thisHost, thisBoot, thisNamespace] = currentWorld().split(" ");
  if (boot !== thisBoot) return host === thisHost ? "dead" : "unknown";
  if (namespace !== thisNamespace) return "unknown";
  if (boot === "-" && host !== thisHost) return "unknown";
  const started = startOf(identity.pid);
  if (started === null) return "dead";
  return started === identity.started ? "running" : "dead";
}

function currentWorld(): string {
  return [
    hostname(),
    attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()) ?? "-",
    attempt(() => readlinkSync("/proc/self/ns/pid")) ?? "-",
  ].join(" ");
}

/** Start time of a process, or null when there is none. Field 22 of /proc/pid/stat, see proc(5). */
function startOf(pid: number): string | null {
  if (process.platform === "linux") {
    const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
    if (stat === null) return null;
    const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? null : (rest[18] ?? "");
  }
  if (!exists(pid)) return null;
  // Where ps is missing (Windows) a reused pid counts as running: the safe mistake.
  const ps = () => execFileSync("ps", ["-o", "lstart=", "-p", `${pid}`], { encoding: "utf8" });
  return attempt(ps)?.trim() ?? "";
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
