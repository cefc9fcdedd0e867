import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PlainError, runQuietly, step } from "./step.mjs";

/** The checkout's folder. */
export const root = fileURLToPath(new URL("../../", import.meta.url));
const at = (...path) => join(root, ...path);
const stamps = at("node_modules/.cache/countersign");
const UNCHANGED = "unchanged";

/** The start of a program of node_modules, without the shell's wrappers: `node path/to/it`. */
export const bin = {
  next: at("node_modules/next/dist/bin/next"),
  prisma: at("node_modules/prisma/build/index.js"),
  biome: at("node_modules/@biomejs/biome/bin/biome"),
  tsc: at("node_modules/typescript/bin/tsc"),
  vitest: at("node_modules/vitest/vitest.mjs"),
  playwright: at("node_modules/@playwright/test/cli.js"),
};

/** @throws PlainError when this Node is older than package.json's `engines` allows. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new PlainError(
    `Countersign needs Node 20.19 or newer; this is ${version}. Install a current one from https://nodejs.org and try again.`,
  );
}

/** Installs the dependencies, development ones too, unless what stands in node_modules is what the lock file says. */
export function install() {
  return step("Dependencies", async () => {
    const lockFile = readFileSync(at("package-lock.json"));
    const wanted = `${sha256(lockFile)} ${process.platform}-${process.arch}`;
    const stamp = readStamp("install");
    const samePlatform = !stamp || stamp.endsWith(` ${process.platform}-${process.arch}`);
    if (existsSync(at("node_modules/.package-lock.json"))) {
      if (stamp === wanted) return UNCHANGED;
      if (samePlatform && isInstalled(JSON.parse(lockFile.toString()))) {
        writeStamp("install", wanted);
        return UNCHANGED;
      }
    }
    const npm = process.env.npm_execpath;
    // Not `npm ci`: it refuses to install at all where the lock file lacks another platform's optional packages.
    const args = ["install", "--no-save", "--no-audit", "--no-fund", "--include=dev"];
    const advice = "Is the npm registry reachable? `npm ping` tells. Then try again.";
    if (npm?.endsWith(".js")) await runQuietly(process.execPath, [npm, ...args], { cwd: root, advice });
    else await runQuietly("npm", args, { cwd: root, advice });
    writeStamp("install", wanted);
    return "installed";
  });
}

/** Whether npm's own record of node_modules has every package of the lock file that is not optional. */
function isInstalled(lock) {
  const installed = JSON.parse(readFileSync(at("node_modules/.package-lock.json"), "utf8")).packages;
  return Object.entries(lock.packages).every(
    ([path, entry]) =>
      path === "" || entry.optional || entry.devOptional || installed[path]?.version === entry.version,
  );
}

/** Generates the Prisma client when the schema or Prisma changed. Needs no network. */
export function generate() {
  return step("Database client", async () => {
    const wanted = hashFiles(["prisma/schema.prisma", "node_modules/prisma/package.json"]);
    if (existsSync(at("prisma/generated/client.ts")) && readStamp("generate") === wanted) return UNCHANGED;
    // `generate` asks for the schema engine without running it; naming any executable keeps it from downloading one.
    const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" };
    await runQuietly(process.execPath, [bin.prisma, "generate"], { cwd: root, env });
    writeStamp("generate", wanted);
    return "generated";
  });
}

const BUILD_SOURCES = ["app", "components", "lib", "public", "package-lock.json", "prisma/schema.prisma"];
const BUILD_FILES = /^(next\.config|postcss\.config|tsconfig|proxy|middleware|instrumentation)[\w.-]*$/;

/** Builds the web application for production when its sources changed since the last build. */
export function build() {
  return step("Web application", async () => {
    const files = readdirSync(root).filter((name) => BUILD_FILES.test(name));
    const wanted = hashFiles([...BUILD_SOURCES, ...files]);
    const stampFile = at(".next/countersign-build");
    const built = existsSync(at(".next/BUILD_ID")) && existsSync(stampFile);
    if (built && readFileSync(stampFile, "utf8") === wanted) return UNCHANGED;
    const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    await runQuietly(process.execPath, [bin.next, "build"], { cwd: root, env });
    writeFileSync(stampFile, wanted);
    return "built";
  });
}

/** One hash over the names and contents of files and folders, without tests. */
function hashFiles(paths) {
  const hash = createHash("sha256").update(process.version);
  const visit = (path) => {
    if (statSync(at(path)).isDirectory()) {
      for (const name of readdirSync(at(path)).sort()) {
        if (!/\.test\.tsx?$/.test(name)) visit(`${path}/${name}`);
      }
    } else hash.update(`${path}\0`).update(sha256(readFileSync(at(path))));
  };
  for (const path of [...paths].sort()) {
    if (existsSync(at(path))) visit(path);
  }
  return hash.digest("hex");
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

function readStamp(name) {
  const file = join(stamps, name);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

function writeStamp(name, text) {
  const file = join(stamps, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
