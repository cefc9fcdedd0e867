-- The key by which an agent had the built-in drafter write it: the people behind that key do not decide it either.
ALTER TABLE "draft" ADD COLUMN "requesting_key_id" TEXT;
ALTER TABLE "draft" ADD CONSTRAINT "draft_requesting_key_id_fkey" FOREIGN KEY ("requesting_key_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "draft_requesting_key_id_idx" ON "draft"("requesting_key_id") WHERE "requesting_key_id" IS NOT NULL;

-- What a person or an agent asked the built-in drafter to write. `written` is its submission, before it is submitted.
CREATE TABLE "draft_request" (
    "id" TEXT NOT NULL,
    "requester" TEXT NOT NULL,
    "person_id" TEXT,
    "key_id" TEXT,
    "requested_by" TEXT,
    "idempotency_key" TEXT,
    "body_hash" TEXT NOT NULL,
    "action_type" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "records" JSON NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "external_id" TEXT,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "version" INTEGER NOT NULL DEFAULT 1,
    "model" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "prompt_tokens" INTEGER NOT NULL DEFAULT 0,
    "completion_tokens" INTEGER NOT NULL DEFAULT 0,
    "example_ids" TEXT[] NOT NULL DEFAULT '{}',
    "written" JSON,
    "draft_id" TEXT,
    "trouble" TEXT,
    "retry_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "draft_request_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "draft_request_status_known" CHECK ("status" IN ('queued', 'writing', 'checking', 'submitted', 'failed', 'cancelled')),
    CONSTRAINT "draft_request_of_one" CHECK (num_nonnulls("person_id", "key_id") = 1),
    CONSTRAINT "draft_request_submitted_is_a_draft" CHECK (("status" = 'submitted') = ("draft_id" IS NOT NULL)),
    CONSTRAINT "draft_request_failed_says_why" CHECK (("status" = 'failed') = ("error_code" IS NOT NULL AND "error" IS NOT NULL))
);
CREATE UNIQUE INDEX "draft_request_requester_idempotency_key_key" ON "draft_request"("requester", "idempotency_key");
CREATE UNIQUE INDEX "draft_request_draft_id_key" ON "draft_request"("draft_id");
CREATE INDEX "draft_request_requester_created_at_id_idx" ON "draft_request"("requester", "created_at" DESC, "id" DESC);
CREATE INDEX "draft_request_person_id_idx" ON "draft_request"("person_id");
CREATE INDEX "draft_request_key_id_idx" ON "draft_request"("key_id");
CREATE INDEX "draft_request_open" ON "draft_request"("created_at") WHERE "status" IN ('queued', 'writing', 'checking');
ALTER TABLE "draft_request" ADD CONSTRAINT "draft_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "draft_request" ADD CONSTRAINT "draft_request_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "draft_request" ADD CONSTRAINT "draft_request_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One call of the model, with what it cost and what came of it.
CREATE TABLE "draft_request_attempt" (
    "request_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "trouble" TEXT,
    "answer" TEXT,
    "prompt_hash" TEXT NOT NULL,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_request_attempt_pkey" PRIMARY KEY ("request_id", "position"),
    CONSTRAINT "draft_request_attempt_outcome_known" CHECK ("outcome" IN ('draft', 'cannot', 'invalid', 'truncated', 'refused', 'unreachable', 'error'))
);
ALTER TABLE "draft_request_attempt" ADD CONSTRAINT "draft_request_attempt_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "draft_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
