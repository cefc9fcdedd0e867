import { parseStrictJson } from "@/lib/trust/parse-strict-json";
import { excerptOf, MAX_LINE_BYTES, problem, type SourceLine, withoutMark } from "./source-line";
import { splitLines } from "./split-lines";

const TOO_LONG = problem(`longer than ${MAX_LINE_BYTES / 1024 / 1024} MB`);

/** The lines of a JSONL file as strict JSON, empty ones left out. One that cannot be read carries why. */
export async function* readJsonl(file: string): AsyncGenerator<SourceLine> {
  let line = 0;
  let bytesRead = 0;
  for await (const given of splitLines(file, MAX_LINE_BYTES)) {
    line += 1;
    bytesRead += (given?.length ?? MAX_LINE_BYTES) + 1;
    if (given === null) {
      yield { line, bytesRead, text: "", ...TOO_LONG };
      continue;
    }
    const bytes = line === 1 ? withoutMark(given) : given;
    if (bytes.toString("latin1").trim() === "") continue;
    const parsed = parseStrictJson(bytes, { maxBytes: MAX_LINE_BYTES });
    const read = parsed.ok
      ? { value: parsed.value }
      : problem(`not strict JSON: ${parsed.message}`, parsed.path);
    yield { line, bytesRead, text: excerptOf(bytes), ...read };
  }
}
