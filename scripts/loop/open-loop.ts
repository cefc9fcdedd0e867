import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { launchProduct, type Product } from "@/e2e/launch-product";
import { openStage, type Stage } from "@/e2e/story";
import { type StoryDraft, type Submitted, submitDraft } from "@/e2e/story-drafts";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { type LoadedPolicies, loadPolicies } from "@/lib/policy-files/load-policies";
import { actAs } from "./act-as";
import { openPolicyRepository, type PolicyRepository } from "./policy-repository";

/** A product of its own whose policies are a git repository, and everybody who takes part in the loop. */
export interface Loop {
  product: Product;
  stage: Stage;
  repository: PolicyRepository;
  /** As they are in force: those that the product was started with. */
  policies: () => LoadedPolicies;
  /** The context in which one of the demo people acts. */
  actAs(name: string): Promise<Context<PersonActor>>;
  submit(drafts: readonly StoryDraft[]): Promise<Submitted[]>;
  /** Resolves once the demo shop has carried it out. */
  whenExecuted(id: string): Promise<void>;
  /** Whether somebody is to look at it now that it has run. */
  isSampled(id: string): Promise<boolean>;
  /** Starts the product anew, as a deployment of changed policies does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const LONGEST_EXECUTION_MS = 120_000;

/** Starts the product on an embedded database of its own. `agent` names the agent that submits. */
export async function openLoop(agent: string): Promise<Loop> {
  const repository = openPolicyRepository();
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-loop-data-"));
  const environment = { POLICIES_DIR: repository.policiesDir };
  const start = async () => {
    const product = await launchProduct({ dataDir, environment });
    await product.ready;
    const stage = await openStage(`${agent} ${product.port}`, { url: product.url, dataDir });
    return { product, stage, policies: loadPolicies(repository.policiesDir) };
  };
  const clean = () => {
    repository.remove();
    rmSync(dataDir, { recursive: true, force: true });
  };
  let running = await start().catch((error: unknown) => {
    clean();
    throw error;
  });
  const stop = async () => {
    await running.stage.db.close();
    await running.product.stop();
  };
  const rowOf = (id: string) =>
    running.stage.db.row<{ status: string; after_review: string | null }>(
      sql`SELECT status, after_review FROM draft WHERE id = ${id}`,
    );
  return {
    get product() {
      return running.product;
    },
    get stage() {
      return running.stage;
    },
    repository,
    policies: () => running.policies,
    actAs: (name) => actAs(running.stage.db, running.policies, name),
    async submit(drafts) {
      const submitted: Submitted[] = [];
      for (const draft of drafts) submitted.push(await submitDraft(running.stage, draft));
      return submitted;
    },
    async whenExecuted(id) {
      const until = Date.now() + LONGEST_EXECUTION_MS;
      while (Date.now() < until) {
        const status = (await rowOf(id))?.status;
        if (status === "executed") return;
        if (status === "failed") throw new Error(`${id} was executed, and failed.`);
        await sleep(200);
      }
      throw new Error(`${id} is not executed after ${LONGEST_EXECUTION_MS / 1000} s.`);
    },
    isSampled: async (id) => (await rowOf(id))?.after_review === "waiting",
    async restart() {
      await stop();
      running = await start();
    },
    async close() {
      await stop();
      clean();
    },
  };
}
