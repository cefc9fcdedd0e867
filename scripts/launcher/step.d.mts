export class PlainError extends Error {}
export function step<Result>(name: string, work: () => Promise<Result> | Result): Promise<Result>;
export function runQuietly(
  command: string,
  args: string[],
  options?: { env?: NodeJS.ProcessEnv; advice?: string; cwd?: string },
): Promise<void>;
