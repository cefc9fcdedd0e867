import { closeSync, openSync, writeSync } from "node:fs";
import type { FieldError } from "@/lib/errors";

/** Lists bad lines in a file of their own, as JSON lines; the file is made anew when the first one comes. */
export function listRejected(file: string) {
  let open: number | null = null;
  return {
    add(line: { line: number; problems: FieldError[]; text: string }): void {
      open ??= openSync(file, "w");
      writeSync(open, `${JSON.stringify(line)}\n`);
    },
    end(): void {
      if (open !== null) closeSync(open);
    },
  };
}
