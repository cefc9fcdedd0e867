-- When a draft stopped waiting: what history is ordered by. Null for as long as it is pending.
ALTER TABLE "draft" ADD COLUMN "decided_at" TIMESTAMPTZ(3);
UPDATE "draft" SET "decided_at" = coalesce(
  (SELECT max("decided_at") FROM "decision" WHERE "draft_id" = "draft"."id" AND "undone_at" IS NULL AND "verdict" NOT IN ('uphold', 'overturn')),
  "closed_at", "created_at") WHERE "status" <> 'pending';
ALTER TABLE "draft" ADD CONSTRAINT "draft_waits_or_is_decided" CHECK (("status" = 'pending') = ("decided_at" IS NULL));
CREATE INDEX "draft_decided" ON "draft" ("decided_at" DESC, "id" DESC) WHERE "decided_at" IS NOT NULL;
CREATE INDEX "draft_decided_of_type" ON "draft" ("action_type", "decided_at" DESC, "id" DESC) WHERE "decided_at" IS NOT NULL;

-- How a decision was made: for how long its screen was looked at, in which batch, whether quicker than the policy asks,
-- until when it may be taken back, and which fields of the payload it asks to be changed.
ALTER TABLE "decision" ADD COLUMN "seconds_on_screen" INTEGER,
                       ADD COLUMN "was_quick" BOOLEAN NOT NULL DEFAULT false,
                       ADD COLUMN "batch_id" TEXT,
                       ADD COLUMN "undo_until" TIMESTAMPTZ(3),
                       ADD COLUMN "requested_fields" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "decision" ADD CONSTRAINT "decision_seconds_on_screen" CHECK ("seconds_on_screen" >= 0);
CREATE INDEX "decision_batch" ON "decision" ("batch_id") WHERE "batch_id" IS NOT NULL;
DROP TRIGGER decision_no_change ON "decision";
CREATE TRIGGER decision_no_change BEFORE UPDATE OF "id", "draft_id", "person_id", "verdict", "reason", "reason_salt", "screen_hash",
  "classification_id", "payload", "payload_hash", "precedent_ids", "on_behalf_of_id", "decided_at", "seconds_on_screen", "was_quick",
  "batch_id", "undo_until", "requested_fields" ON "decision"
  FOR EACH ROW EXECUTE FUNCTION record_refuse_change();

-- What can be searched for in a draft, written by a worker: nothing of it stands in the way of a submission.
CREATE TABLE "draft_search" (
    "draft_id" TEXT NOT NULL,
    "terms" TSVECTOR NOT NULL,

    CONSTRAINT "draft_search_pkey" PRIMARY KEY ("draft_id")
);
ALTER TABLE "draft_search" ADD CONSTRAINT "draft_search_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "draft_search_terms" ON "draft_search" USING gin ("terms");
CREATE TABLE "draft_to_index" (
    "draft_id" TEXT NOT NULL,

    CONSTRAINT "draft_to_index_pkey" PRIMARY KEY ("draft_id")
);
INSERT INTO "draft_to_index" SELECT "id" FROM "draft";
CREATE FUNCTION "draft_needs_index"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "draft_to_index" VALUES (NEW."id") ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "draft_submitted_needs_index" AFTER INSERT ON "draft" FOR EACH ROW EXECUTE FUNCTION "draft_needs_index"();
CREATE TRIGGER "draft_decided_needs_index" AFTER UPDATE ON "draft" FOR EACH ROW
  WHEN (OLD."decided_payload_hash" IS DISTINCT FROM NEW."decided_payload_hash" OR OLD."decided_at" IS DISTINCT FROM NEW."decided_at")
  EXECUTE FUNCTION "draft_needs_index"();

-- Who has a draft open now. A row is worth a few seconds.
CREATE TABLE "presence" (
    "draft_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("draft_id", "person_id")
);
CREATE INDEX "presence_seen_at_idx" ON "presence"("seen_at");
ALTER TABLE "presence" ADD CONSTRAINT "presence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A list with its filters, kept under a name by one person.
CREATE TABLE "saved_view" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "saved_view_person_id_name_key" ON "saved_view"("person_id", "name");
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a person wants of the product: when it keeps quiet.
CREATE TABLE "preference" (
    "person_id" TEXT NOT NULL,
    "quiet_hours" JSONB,

    CONSTRAINT "preference_pkey" PRIMARY KEY ("person_id")
);
ALTER TABLE "preference" ADD CONSTRAINT "preference_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
