import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A git repository of its own with a copy of the policies that come with the product. */
export interface PolicyRepository {
  /** What POLICIES_DIR is set to. */
  policiesDir: string;
  /** Applies a patch as its author's commit. @throws Error with what git said. */
  apply(patch: string): void;
  /** The message of the last commit. */
  lastMessage(): string;
  remove(): void;
}

const AUTHOR = ["-c", "user.name=Maintainer", "-c", "user.email=maintainer@example.com"];

export function openPolicyRepository(): PolicyRepository {
  const root = mkdtempSync(join(tmpdir(), "countersign-loop-"));
  const git = (...args: string[]) =>
    execFileSync("git", [...AUTHOR, ...args], { cwd: root, encoding: "utf8", stdio: "pipe" });
  cpSync("policies", join(root, "policies"), { recursive: true });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Policies as they come");
  return {
    policiesDir: join(root, "policies"),
    apply(patch) {
      const file = join(root, ".git", "promotion.patch");
      writeFileSync(file, patch);
      git("am", file);
    },
    lastMessage: () => git("log", "-1", "--format=%B").trim(),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
