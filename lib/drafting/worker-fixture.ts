import type { Database } from "@/lib/db/database";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import { requeueLostWork } from "@/lib/workflows/requeue-lost-work";
import { startWorker, type Worker } from "@/lib/workflows/start-worker";

/** A worker in the test's own process: what the API enqueues is done. */
export const startTestWorker = (databaseUrl: string, policies: LoadedPolicies): Promise<Worker> =>
  startWorker({ databaseUrl, policies });

/** What a worker does every half minute. */
export const findLostWork = (db: Database): Promise<number> => requeueLostWork(db, new Date());
