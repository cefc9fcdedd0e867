import { readFileSync } from "node:fs";
import type { PolicyProblem } from "@/lib/policy/policy-error";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";

/**
 * Reads one JSON file of a policy folder, strictly: a duplicate key is refused, because of two `when` only the last
 * would count. A byte order mark is tolerated. Null and a problem with line and column when it cannot be read.
 */
export function readJsonFile(file: string, problems: PolicyProblem[]): { value: unknown } | null {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const found = missing ? "no such file" : (error as Error).message;
    problems.push({ file, path: "", found, allowed: "a readable file, as it is required" });
    return null;
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
  const result = parseStrictJson(bytes, { maxDepth: 100 });
  if (result.ok) return { value: result.value };
  const lines = new TextDecoder().decode(bytes.subarray(0, result.offset)).split("\n");
  const place = `${file}:${lines.length}:${lines.at(-1)!.length + 1}`;
  const found = result.message.charAt(0).toLowerCase() + result.message.slice(1).replace(/\.$/, "");
  problems.push({ file: place, path: result.path, found: `"${found}"`, allowed: "valid JSON" });
  return null;
}
