import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { PlainError } from "./launcher/step.mjs";

/** Where the caller stood when they called npm: what they name is named from there. */
export const callersFolder = (): string => process.env.INIT_CWD ?? ".";

/** A file as the caller named it, or else of the checkout. @throws PlainError where there is none. */
export function findFile(file: string): string {
  const found = [callersFolder(), "."]
    .map((folder) => resolve(folder, file))
    .find((path) => existsSync(path) && statSync(path).isFile());
  if (!found) throw new PlainError(`There is no file ${file}.`);
  return found;
}
