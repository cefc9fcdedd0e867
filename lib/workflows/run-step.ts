import { DBOS } from "@dbos-inc/dbos-sdk";

/**
 * Runs `work` as a durable step: once it has returned, a repeated run of the workflow gets the recorded result. A step
 * that throws is tried for about a minute, long enough for a database to restart. Every step must bear repetition: a
 * crash after its work and before its record repeats it.
 */
export const runStep = <Result>(name: string, work: () => Promise<Result>): Promise<Result> =>
  DBOS.runStep(work, { name, retriesAllowed: true, maxAttempts: 8, intervalSeconds: 0.5, backoffRate: 2 });
