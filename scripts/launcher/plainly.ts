import { PlainError } from "./step.mjs";

/**
 * Runs what can fail for reasons that the person at the terminal can mend, and shows the reason without a stack.
 * @throws PlainError with the failure's own message.
 */
export async function plainly<Result>(work: () => Promise<Result> | Result): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof PlainError ? error : new PlainError((error as Error).message, { cause: error });
  }
}

/**
 * As `plainly`, for a first contact with the database at `url`; says what is the matter with it. Never shows its password.
 * @throws PlainError.
 */
export async function plainlyOnDatabase<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new PlainError(explain(url, error), { cause: error });
  }
}

function explain(url: string, error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  const { code = "", message } = first as { code?: string; message: string };
  const { host, pathname } = new URL(url);
  if (/^E[A-Z]+$/.test(code)) {
    return `The database at ${host} cannot be reached (${code}). Is it running, and is DATABASE_URL right?`;
  }
  if (code.startsWith("28"))
    return `The database at ${host} does not let us in: ${message}. Is DATABASE_URL right?`;
  if (code === "3D000") return `The server at ${host} has no database ${pathname.slice(1)}. Create it first.`;
  if (/extension "vector"/.test(message)) {
    return `The database at ${host} lacks pgvector (${message}). Install it on the server: https://github.com/pgvector/pgvector`;
  }
  return message;
}
