import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const templates = fileURLToPath(new URL("../../node_modules/.cache/countersign/templates", import.meta.url));

/**
 * Copies to `target` a folder that takes long to make and depends on `version` only. The first to ask makes it, where
 * `make` is told; it is kept from run to run, until another version of it is made. Safe to call from several processes.
 */
export async function copyTemplate(
  { name, version }: { name: string; version: string },
  target: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const template = join(templates, `${name}-${version}`);
  if (!existsSync(template)) {
    mkdirSync(templates, { recursive: true });
    const unfinished = join(templates, `unfinished-${process.pid}-${name}-${version}`);
    rmSync(unfinished, { recursive: true, force: true });
    await make(unfinished);
    for (const other of readdirSync(templates)) {
      const isOutdated = other.startsWith(`${name}-`) && other !== basename(template);
      if (isOutdated) rmSync(join(templates, other), { recursive: true, force: true });
    }
    try {
      renameSync(unfinished, template);
    } catch {
      rmSync(unfinished, { recursive: true }); // another process was first
    }
  }
  cpSync(template, target, { recursive: true });
}
