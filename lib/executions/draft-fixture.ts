import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context, KeyActor, SystemActor } from "@/lib/context";
import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { newId } from "@/lib/drafts/new-id";
import type { EscalationStep } from "@/lib/policy/compile-policy";
import { type LoadedPolicies, loadPolicies } from "@/lib/policy-files/load-policies";
import { policyVersionId, recordPolicyVersions } from "@/lib/policy-files/policy-versions";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { enqueueWorkflow } from "@/lib/workflows/enqueue";

/** Rows for tests of what happens after the approval: `ship` is executed by webhook, `note` by the agent. */
export interface Fixture {
  policies: LoadedPolicies;
  policiesDir: string;
  worker(now?: () => Date): Context<SystemActor>;
  agent(now?: () => Date): Context<KeyActor>;
  otherAgent(): Context<KeyActor>;
  /** An approved draft with its execution; `enqueue` sets its first run too, as the deciding transaction does. */
  approved(draft?: DraftInput & { enqueue?: boolean }): Promise<string>;
  /** A pending draft with the chain that its policy gave it. */
  pending(draft?: DraftInput & Chain): Promise<string>;
  pushFact(name: string, value: unknown, subjectId?: string): Promise<void>;
  verbs(draftId: string): Promise<string[]>;
  remove(): void;
}

export interface DraftInput {
  actionType?: "ship" | "note";
  payload?: Record<string, unknown>;
  subjectId?: string;
  deadline?: Date | null;
  callbackUrl?: string | null;
  route?: "auto_execute" | "batch_review" | "named_approver";
  createdAt?: Date;
}

export interface Chain {
  waitingSince?: Date;
  dueAt?: Date;
  escalation?: EscalationStep[];
  onTimeout?: "deny" | "hold";
}

export const SECRET = `whsec_${Buffer.from("a secret for tests only!").toString("base64")}`;
export const APPROVER = "per_approver";

export async function createFixture(db: Database): Promise<Fixture> {
  const policiesDir = mkdtempSync(join(tmpdir(), "countersign-policies-"));
  writePolicy(policiesDir, "ship", { webhook: { url_env: "SHOP_URL", secret_env: "SHOP_SECRET" } });
  writePolicy(policiesDir, "note", "agent");
  const policies = loadPolicies(policiesDir);
  await recordPolicyVersions(db, policies);
  await db.run(sql`
    INSERT INTO person (id, name, email) VALUES ('per_owner', 'Ola Owner', 'ola@example.com'),
                                                (${APPROVER}, 'Ada Approver', 'ada@example.com')`);
  await db.run(sql`INSERT INTO person_role (person_id, role) VALUES (${APPROVER}, 'approver')`);
  await db.run(sql`
    INSERT INTO agent (id, name, owner_id)
    VALUES ('agt_1', 'Agent one', 'per_owner'), ('agt_2', 'Agent two', 'per_owner')`);
  await db.run(sql`
    INSERT INTO api_key (id, agent_id, name, prefix, hash, scopes, owner_id)
    VALUES ('key_1', 'agt_1', 'Key one', 'csk_1', 'h1', '{drafts:write}', 'per_owner'),
           ('key_2', 'agt_2', 'Key two', 'csk_2', 'h2', '{drafts:write}', 'per_owner')`);

  const context = <Who extends Context["actor"]>(actor: Who, now = () => new Date()): Context<Who> => {
    return { actor, db, policies, now };
  };
  const key = (id: string, agentId: string): KeyActor => {
    const rest = {
      name: id,
      ownerId: "per_owner",
      scopes: ["drafts:write"],
      channel: "api",
      ip: null,
    } as const;
    return { kind: "key", keyId: id, agentId, ...rest, scopes: [...rest.scopes] };
  };

  async function insert(status: "approved" | "pending", draft: DraftInput & Chain): Promise<string> {
    const id = newId("drf");
    const classificationId = newId("cls");
    const actionType = draft.actionType ?? "ship";
    const versionId = policyVersionId(policies.get(actionType)!);
    const payload = canonicalJson(draft.payload ?? { parcel: "p1", price: 12.5 });
    const hash = sha256Hex(payload);
    const route = draft.route ?? (status === "pending" ? "batch_review" : "auto_execute");
    const isPending = status === "pending";
    const dueAt = isPending ? (draft.dueAt ?? new Date()) : null;
    const result = {
      escalation: draft.escalation ?? [],
      on_timeout: draft.onTimeout ?? "deny",
      sla_hours: 8,
      sla_in: "elapsed",
      approver_rule: "first_rule",
      approvals_required: 1,
    };
    await db.transaction(async (tx) => {
      await tx.run(sql`
        INSERT INTO draft (id, action_type, status, tier, route, agent_id, api_key_id, subject_type, subject_id, summary,
                           payload, payload_hash, decided_payload, decided_payload_hash, policy_version_id,
                           classification_id, approver_rule, waiting_since, due_at, deadline, callback_url, created_at, decided_at)
        VALUES (${id}, ${actionType}, ${status}, 'medium', ${route}, 'agt_1', 'key_1', 'customer',
                ${draft.subjectId ?? "c1"}, 'A test', ${payload}::json, ${hash}, ${isPending ? null : payload}::json,
                ${isPending ? null : hash}, ${versionId}, ${classificationId}, ${isPending ? "first_rule" : null},
                ${isPending ? (draft.waitingSince ?? new Date()) : null}, ${dueAt}, ${draft.deadline ?? null}, ${draft.callbackUrl ?? null}, ${draft.createdAt ?? new Date()},
                ${isPending ? null : (draft.createdAt ?? new Date())})`);
      await tx.run(sql`
        INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule, result)
        VALUES (${classificationId}, ${id}, 'submitted', ${hash}, ${versionId}, ${status}, 'medium', ${route}, 'medium',
                ${JSON.stringify(result)}::json)`);
      if (!isPending) {
        const executor = actionType === "ship" ? "webhook" : "agent";
        await tx.run(sql`
          INSERT INTO execution (draft_id, executor, status, idempotency_key, payload_hash, created_at)
          VALUES (${id}, ${executor}, 'waiting', ${id}, ${hash}, ${draft.createdAt ?? new Date()})`);
      }
      if ("enqueue" in draft && draft.enqueue) {
        enqueueWorkflow(tx, "execute_draft", { id: `execute:${id}`, args: [id] });
      }
    });
    return id;
  }

  const fixture: Fixture = {
    policies,
    policiesDir,
    worker: (now) => context({ kind: "system", name: "worker" } as const, now),
    agent: (now) => context(key("key_1", "agt_1"), now),
    otherAgent: () => context(key("key_2", "agt_2")),
    approved: (draft = {}) => insert("approved", draft),
    pending: (draft = {}) => insert("pending", draft),
    async pushFact(name, value, subjectId = "c1") {
      await db.run(sql`
        INSERT INTO fact (subject_type, subject_id, name, value, api_key_id, source, observed_at)
        VALUES ('customer', ${subjectId}, ${name}, ${JSON.stringify(value)}::jsonb, 'key_1', 'test', now())
        ON CONFLICT (subject_type, subject_id, name) DO UPDATE SET value = excluded.value`);
    },
    async verbs(draftId) {
      const rows = await db.rows<{ verb: string }>(
        sql`SELECT verb FROM audit_event WHERE draft_id = ${draftId} ORDER BY id`,
      );
      return rows.map(({ verb }) => verb);
    },
    remove: () => rmSync(policiesDir, { recursive: true, force: true }),
  };
  await fixture.pushFact("stop_shipping", false);
  return fixture;
}

/** Everything is reviewed, and nothing goes out while `stop_shipping` holds or is unknown. */
function writePolicy(dir: string, actionType: string, executor: unknown): void {
  const folder = join(dir, actionType);
  mkdirSync(folder);
  const tiers = [{ tier: "medium", route: "batch_review", sla_hours: 8 }];
  const policy = { action_type: actionType, tiers, hard_blocks: ["stop_shipping"], executor };
  const schema = {
    type: "object",
    properties: { parcel: { type: "string" }, price: { type: "number" } },
    additionalProperties: false,
  };
  writeFileSync(join(folder, "policy.json"), JSON.stringify(policy));
  writeFileSync(join(folder, "schema.json"), JSON.stringify(schema));
}
