import { findFile } from "./find-file";
import { loadEnvironmentFile } from "./launcher/open-own-database";
import { PlainError } from "./launcher/step.mjs";
import { type ApiAnswer, callApi, NoAnswer } from "./replay/call-api";
import { inOrder } from "./replay/in-order";
import { parseReplayArguments, type ReplayArguments } from "./replay/parse-arguments";
import { type PushedFacts, type ReplayLine, readDrafts } from "./replay/read-drafts";
import { type Outcome, summarise } from "./replay/summarise";
import { showProgress } from "./show-progress";

const ENDED = 2;
const subjectOf = ({ type, id }: Pick<PushedFacts, "type" | "id">) => `${type} ${id}`;

async function* firstLines(file: string, limit: number): AsyncGenerator<ReplayLine> {
  let taken = 0;
  for await (const line of readDrafts(file)) {
    if (taken === limit) return;
    taken += 1;
    yield line;
  }
}

/** How many lines there are, and whether any brings facts: known before anything is submitted. */
async function survey({ file, limit }: ReplayArguments): Promise<{ total: number; withFacts: number }> {
  let total = 0;
  let withFacts = 0;
  for await (const line of firstLines(file, limit)) {
    total += 1;
    if ("facts" in line && line.facts.length > 0) withFacts += 1;
  }
  return { total, withFacts };
}

/** What a line is about: its draft's subject and those of its facts. Lines that share one keep their order. */
function subjectsOf(line: ReplayLine): string[] {
  if ("problem" in line) return [];
  const subject = line.draft.subject as { type?: unknown; id?: unknown } | undefined;
  const own = subject ? [subjectOf({ type: String(subject.type), id: String(subject.id) })] : [];
  return [...new Set([...own, ...line.facts.map(subjectOf)])];
}

/** A refused key refuses every line alike, so the replay ends with what to do about it. */
function rejectBadKey(answer: ApiAnswer, option: string): void {
  if (answer.ok || (answer.status !== 401 && answer.status !== 403)) return;
  throw new PlainError(`The server does not accept ${option}: ${answer.detail}`);
}

async function replay(options: ReplayArguments, onLine: (done: number) => void): Promise<Outcome[]> {
  const { url, key, factsKey } = options;
  const pushed = new Map<string, string>();
  const outcomes: Outcome[] = [];

  async function pushFacts(entry: PushedFacts): Promise<ApiAnswer | null> {
    const content = JSON.stringify(entry.facts);
    if (pushed.get(subjectOf(entry)) === content || content === "{}") return null;
    const path = [entry.type, entry.id].map(encodeURIComponent).join("/");
    const target = `${url}/api/v1/facts/${path}`;
    const answer = await callApi({
      method: "PUT",
      url: target,
      key: factsKey!,
      body: { facts: entry.facts },
    });
    rejectBadKey(answer, "--facts-key");
    if (answer.ok) pushed.set(subjectOf(entry), content);
    return answer;
  }

  async function submit(line: ReplayLine): Promise<Outcome> {
    const { number } = line;
    if ("problem" in line) return { number, kind: "unreadable", actionType: "", detail: line.problem };
    const actionType = String(line.draft.action_type ?? "");
    try {
      for (const entry of line.facts) {
        const answer = await pushFacts(entry);
        if (answer && !answer.ok) {
          const detail = `its facts of ${subjectOf(entry)} were refused: ${answer.detail}`;
          return { number, kind: "refused", actionType, code: answer.code, detail };
        }
      }
      const { draft: body, idempotencyKey } = line;
      const answer = await callApi({
        method: "POST",
        url: `${url}/api/v1/drafts`,
        key,
        body,
        idempotencyKey,
      });
      rejectBadKey(answer, "--key");
      if (!answer.ok)
        return { number, kind: "refused", actionType, code: answer.code, detail: answer.detail };
      const { status, tier, route } = answer.body;
      return {
        number,
        kind: "accepted",
        actionType,
        status: String(status),
        tier: String(tier),
        route: String(route),
      };
    } catch (error) {
      if (error instanceof NoAnswer) return { number, kind: "lost", actionType, detail: error.message };
      throw error;
    }
  }

  await inOrder(firstLines(options.file, options.limit), {
    concurrency: options.concurrency,
    keysOf: subjectsOf,
    work: async (line) => {
      outcomes.push(await submit(line));
      onLine(outcomes.length);
    },
  });
  return outcomes;
}

try {
  loadEnvironmentFile();
  const given = parseReplayArguments(process.argv.slice(2), process.env);
  const options = { ...given, file: findFile(given.file) };
  const { total, withFacts } = await survey(options);
  if (withFacts > 0 && !options.factsKey) {
    throw new PlainError(
      `${withFacts} of ${total} lines bring facts, and only a trusted key may push those. Nothing was submitted. Make one:\n` +
        "  npm run -s keys -- create --integration replay --scopes facts:write\n" +
        "and name it with --facts-key KEY or COUNTERSIGN_FACTS_KEY.",
    );
  }
  const progress = showProgress();
  const onLine = (done: number) => progress.advance(done / total, `${done} of ${total}`);
  const startedAt = Date.now();
  const outcomes = await replay(options, onLine).finally(progress.end);
  const seconds = (Date.now() - startedAt) / 1000;
  console.log(`\n${summarise(outcomes)} in ${seconds.toFixed(1)} s`);
  process.exitCode = outcomes.some(({ kind }) => kind === "lost") || outcomes.length < total ? 1 : 0;
} catch (error) {
  console.error(`\n${(error as Error).message}`);
  process.exitCode = ENDED;
}
