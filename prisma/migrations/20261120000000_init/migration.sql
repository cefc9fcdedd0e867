CREATE EXTENSION IF NOT EXISTS vector;

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "department_id" TEXT,
    "manager_id" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "person_role" (
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "person_role_pkey" PRIMARY KEY ("person_id","role")
);

-- CreateTable
CREATE TABLE "department" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "head_id" TEXT,

    CONSTRAINT "department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_member" (
    "group_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("group_id","person_id")
);

-- CreateTable
CREATE TABLE "approver_rule" (
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approver_rule_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "approver_rule_member" (
    "rule_name" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "approver_rule_member_pkey" PRIMARY KEY ("rule_name","person_id")
);

-- CreateTable
CREATE TABLE "agent" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "agent_id" TEXT,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "owner_id" TEXT NOT NULL,
    "creator_id" TEXT,
    "rotator_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "id" TEXT NOT NULL,
    "action_type" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "policy" JSON NOT NULL,
    "prose" TEXT NOT NULL,
    "payload_schema" JSON NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unassigned_action_type" (
    "action_type" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "submissions" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unassigned_action_type_pkey" PRIMARY KEY ("action_type")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" TEXT NOT NULL,
    "action_type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "route" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "agent_id" TEXT NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "reasoning" TEXT,
    "confidence" DOUBLE PRECISION,
    "expected_outcome" TEXT,
    "requested_by" TEXT,
    "requested_by_id" TEXT,
    "external_id" TEXT,
    "callback_url" TEXT,
    "deadline" TIMESTAMPTZ(3),
    "idempotency_key" TEXT,
    "body_hash" TEXT,
    "payload" JSON NOT NULL,
    "payload_hash" TEXT NOT NULL,
    "decided_payload" JSON,
    "decided_payload_hash" TEXT,
    "amount" DECIMAL(18,2),
    "currency" TEXT,
    "policy_version_id" TEXT NOT NULL,
    "classification_id" TEXT NOT NULL,
    "approver_rule" TEXT,
    "approvals_required" INTEGER NOT NULL DEFAULT 1,
    "escalation_level" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "revises_id" TEXT,
    "embedder" TEXT,
    "embedding" vector,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "draft_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "content" JSON,
    "url" TEXT,
    "source" TEXT,
    "hash" TEXT NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("draft_id","position")
);

-- CreateTable
CREATE TABLE "classification" (
    "id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "payload_hash" TEXT NOT NULL,
    "policy_version_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "route" TEXT,
    "rule" TEXT NOT NULL,
    "approver_rule" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "result" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "classification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT,
    "reason_salt" TEXT NOT NULL,
    "screen_hash" TEXT NOT NULL,
    "classification_id" TEXT NOT NULL,
    "payload" JSON NOT NULL,
    "payload_hash" TEXT NOT NULL,
    "precedent_ids" TEXT[],
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "execution" (
    "draft_id" TEXT NOT NULL,
    "executor" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "payload_hash" TEXT NOT NULL,
    "grant_hash" TEXT,
    "claimed_by_key_id" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "waiting_for" TEXT,
    "last_error" TEXT,
    "executed_payload" JSON,
    "executed_hash" TEXT,
    "hash_mismatch" BOOLEAN NOT NULL DEFAULT false,
    "result" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "execution_pkey" PRIMARY KEY ("draft_id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "verb" TEXT NOT NULL,
    "draft_id" TEXT,
    "bytes" BYTEA NOT NULL,
    "event" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "example" (
    "id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "action_type" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "amount" DECIMAL(18,2),
    "proposed_payload" JSON NOT NULL,
    "final_payload" JSON NOT NULL,
    "reason" TEXT,
    "person_id" TEXT,
    "policy_version_id" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "embedder" TEXT,
    "embedding" vector,

    CONSTRAINT "example_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fact" (
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fact_pkey" PRIMARY KEY ("subject_type","subject_id","name")
);

-- CreateTable
CREATE TABLE "worker_heartbeat" (
    "executor_id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "beat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_heartbeat_pkey" PRIMARY KEY ("executor_id")
);

-- CreateIndex
CREATE INDEX "person_department_id_idx" ON "person"("department_id");

-- CreateIndex
CREATE INDEX "person_manager_id_idx" ON "person"("manager_id");

-- CreateIndex
CREATE INDEX "person_email_idx" ON "person"("email");

-- CreateIndex
CREATE INDEX "person_identity_person_id_idx" ON "person_identity"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "department_name_key" ON "department"("name");

-- CreateIndex
CREATE INDEX "department_head_id_idx" ON "department"("head_id");

-- CreateIndex
CREATE UNIQUE INDEX "group_name_key" ON "group"("name");

-- CreateIndex
CREATE INDEX "group_member_person_id_idx" ON "group_member"("person_id");

-- CreateIndex
CREATE INDEX "approver_rule_member_person_id_idx" ON "approver_rule_member"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_name_key" ON "agent"("name");

-- CreateIndex
CREATE INDEX "agent_owner_id_idx" ON "agent"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_agent_id_idx" ON "api_key"("agent_id");

-- CreateIndex
CREATE INDEX "api_key_owner_id_idx" ON "api_key"("owner_id");

-- CreateIndex
CREATE INDEX "api_key_creator_id_idx" ON "api_key"("creator_id");

-- CreateIndex
CREATE INDEX "api_key_rotator_id_idx" ON "api_key"("rotator_id");

-- CreateIndex
CREATE UNIQUE INDEX "policy_version_action_type_hash_key" ON "policy_version"("action_type", "hash");

-- CreateIndex
CREATE INDEX "draft_agent_id_created_at_id_idx" ON "draft"("agent_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "draft_subject_type_subject_id_created_at_idx" ON "draft"("subject_type", "subject_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "draft_agent_id_idempotency_key_key" ON "draft"("agent_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "classification_draft_id_idx" ON "classification"("draft_id");

-- CreateIndex
CREATE INDEX "decision_person_id_decided_at_idx" ON "decision"("person_id", "decided_at");

-- CreateIndex
CREATE UNIQUE INDEX "decision_draft_id_person_id_key" ON "decision"("draft_id", "person_id");

-- CreateIndex
CREATE INDEX "audit_event_draft_id_id_idx" ON "audit_event"("draft_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "example_draft_id_key" ON "example"("draft_id");

-- CreateIndex
CREATE INDEX "example_action_type_outcome_decided_at_idx" ON "example"("action_type", "outcome", "decided_at");

-- CreateIndex
CREATE INDEX "example_person_id_idx" ON "example"("person_id");

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_role" ADD CONSTRAINT "person_role_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department" ADD CONSTRAINT "department_head_id_fkey" FOREIGN KEY ("head_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approver_rule_member" ADD CONSTRAINT "approver_rule_member_rule_name_fkey" FOREIGN KEY ("rule_name") REFERENCES "approver_rule"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approver_rule_member" ADD CONSTRAINT "approver_rule_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_rotator_id_fkey" FOREIGN KEY ("rotator_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_policy_version_id_fkey" FOREIGN KEY ("policy_version_id") REFERENCES "policy_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_revises_id_fkey" FOREIGN KEY ("revises_id") REFERENCES "draft"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "classification" ADD CONSTRAINT "classification_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "classification" ADD CONSTRAINT "classification_policy_version_id_fkey" FOREIGN KEY ("policy_version_id") REFERENCES "policy_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "execution" ADD CONSTRAINT "execution_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "example" ADD CONSTRAINT "example_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "example" ADD CONSTRAINT "example_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema cannot say follows.

-- Closed vocabularies.
ALTER TABLE "person_role" ADD CONSTRAINT "person_role_known" CHECK ("role" IN ('approver', 'manager', 'admin', 'auditor'));
ALTER TABLE "draft" ADD CONSTRAINT "draft_status_known" CHECK ("status" IN ('blocked', 'approved', 'pending', 'executing', 'executed', 'failed', 'rejected', 'changes_requested', 'expired', 'withdrawn'));
ALTER TABLE "draft" ADD CONSTRAINT "draft_tier_known" CHECK ("tier" IN ('low', 'medium', 'high', 'prohibited'));
ALTER TABLE "draft" ADD CONSTRAINT "draft_route_known" CHECK ("route" IN ('auto_execute', 'batch_review', 'named_approver', 'execute_then_review'));
ALTER TABLE "draft" ADD CONSTRAINT "draft_pending_is_assigned_and_due" CHECK ("status" <> 'pending' OR ("approver_rule" IS NOT NULL AND "due_at" IS NOT NULL));
ALTER TABLE "draft" ADD CONSTRAINT "draft_executes_what_was_decided" CHECK ("status" NOT IN ('approved', 'executing', 'executed', 'failed') OR "decided_payload_hash" IS NOT NULL);
ALTER TABLE "decision" ADD CONSTRAINT "decision_verdict_known" CHECK ("verdict" IN ('approve', 'edit_and_approve', 'reject', 'request_changes'));
ALTER TABLE "execution" ADD CONSTRAINT "execution_status_known" CHECK ("status" IN ('waiting', 'claimed', 'delivering', 'succeeded', 'failed'));
ALTER TABLE "example" ADD CONSTRAINT "example_outcome_known" CHECK ("outcome" IN ('approved', 'edited', 'rejected', 'changes_requested'));

-- The inbox reads pending rows only, a queue and an approver rule at a time, most urgent first.
CREATE INDEX "draft_pending" ON "draft" ("route", "approver_rule", "due_at", "id") WHERE "status" = 'pending';
-- The revision of a draft, if there is one: few drafts are one, and the others cost nothing here.
CREATE INDEX "draft_revision" ON "draft" ("revises_id") WHERE "revises_id" IS NOT NULL;
-- Executions that are not finished, for dispatch's own sweep and the readiness page.
CREATE INDEX "execution_open" ON "execution" ("created_at") WHERE "finished_at" IS NULL;
-- An example's vector lies in its row as it is: comparing thousands one by one must not fetch or unpack each. A row
-- takes 1,900 dimensions so; pgvector indexes 2,000 at most.
ALTER TABLE "example" ALTER COLUMN "embedding" SET STORAGE PLAIN;
-- Neighbours of a draft in the library. One index per embedder: vectors of two embedders never compare.
CREATE INDEX "example_nearest_builtin_hash_512_v1" ON "example" USING hnsw (("embedding"::vector(512)) vector_cosine_ops) WHERE "embedder" = 'builtin-hash-512-v1' AND "withdrawn_at" IS NULL;

-- The trail only grows: nobody who is subject to triggers can change or remove an event.
CREATE FUNCTION audit_event_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_event is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION audit_event_refuse_change();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse_change();
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_event_no_change;
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_event_no_truncate;
-- The bytes are the event: what is read can never differ from what is hashed.
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_reads_as_hashed" CHECK ("event" = convert_from("bytes", 'UTF8')::jsonb);

-- What was proposed, classified and decided never changes either; only its state does.
CREATE FUNCTION record_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows never change: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER classification_no_change BEFORE UPDATE ON "classification" FOR EACH ROW EXECUTE FUNCTION record_refuse_change();
CREATE TRIGGER decision_no_change BEFORE UPDATE ON "decision" FOR EACH ROW EXECUTE FUNCTION record_refuse_change();
CREATE TRIGGER evidence_no_change BEFORE UPDATE ON "evidence" FOR EACH ROW EXECUTE FUNCTION record_refuse_change();
CREATE TRIGGER draft_proposal_no_change BEFORE UPDATE OF "payload", "payload_hash", "action_type", "agent_id", "subject_type", "subject_id", "summary" ON "draft" FOR EACH ROW EXECUTE FUNCTION record_refuse_change();
