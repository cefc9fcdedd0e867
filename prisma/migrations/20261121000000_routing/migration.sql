-- Approver rules say whom they ask by amount band; their former members become one band that asks them all.
ALTER TABLE "approver_rule" ADD COLUMN "definition" JSONB,
                            ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
                            ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "approver_rule" SET "definition" = jsonb_build_object('bands', jsonb_build_array(jsonb_build_object(
  'up_to', NULL, 'mode', 'all', 'ask', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('kind', 'person', 'id', member."person_id") ORDER BY member."position"), '[]')
    FROM "approver_rule_member" AS member WHERE member."rule_name" = "approver_rule"."name"))));
ALTER TABLE "approver_rule" ALTER COLUMN "definition" SET NOT NULL;
DROP TABLE "approver_rule_member";

-- What admins edit carries a version, so that two who edit at once do not overwrite each other.
ALTER TABLE "person" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "department" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "group" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "agent" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

CREATE TABLE "schedule" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "definition" JSONB NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "schedule_name_key" ON "schedule"("name");

CREATE TABLE "schedule_version" (
    "schedule_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "note" TEXT,
    "published_by_id" TEXT,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_version_pkey" PRIMARY KEY ("schedule_id", "version")
);
ALTER TABLE "schedule_version" ADD CONSTRAINT "schedule_version_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "schedule_override" (
    "id" TEXT NOT NULL,
    "schedule_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "schedule_override_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "schedule_override_lasts" CHECK ("ends_at" > "starts_at")
);
CREATE INDEX "schedule_override_schedule_id_ends_at_idx" ON "schedule_override"("schedule_id", "ends_at");
ALTER TABLE "schedule_override" ADD CONSTRAINT "schedule_override_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "absence" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "delegate_id" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "absence_lasts" CHECK ("ends_at" > "starts_at"),
    CONSTRAINT "absence_delegate_is_another" CHECK ("delegate_id" <> "person_id")
);
CREATE INDEX "absence_person_id_ends_at_idx" ON "absence"("person_id", "ends_at");
CREATE INDEX "absence_delegate_id_idx" ON "absence"("delegate_id");
ALTER TABLE "absence" ADD CONSTRAINT "absence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "absence" ADD CONSTRAINT "absence_delegate_id_fkey" FOREIGN KEY ("delegate_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "hold" (
    "id" TEXT NOT NULL,
    "action_type" TEXT,
    "agent_id" TEXT,
    "rule" TEXT,
    "reason" TEXT NOT NULL,
    "placed_by_id" TEXT,
    "placed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),
    "released_by_id" TEXT,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "hold_pkey" PRIMARY KEY ("id"),
    -- One thing is held: an agent, an action type, or one rule of it.
    CONSTRAINT "hold_on_something" CHECK (("agent_id" IS NULL) <> ("action_type" IS NULL) AND ("rule" IS NULL OR "action_type" IS NOT NULL))
);
CREATE INDEX "hold_open" ON "hold" ("placed_at") WHERE "released_at" IS NULL;

CREATE TABLE "notice" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "draft_id" TEXT,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "notice_kind_known" CHECK ("kind" IN ('assigned', 'reminder', 'escalated', 'nobody', 'expired', 'hold'))
);
CREATE UNIQUE INDEX "notice_person_id_dedupe_key_key" ON "notice"("person_id", "dedupe_key");
CREATE INDEX "notice_draft_id_idx" ON "notice"("draft_id");
CREATE INDEX "notice_person_id_created_at_idx" ON "notice"("person_id", "created_at" DESC);
CREATE INDEX "notice_unread" ON "notice" ("person_id", "created_at" DESC) WHERE "read_at" IS NULL;
ALTER TABLE "notice" ADD CONSTRAINT "notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "calendar_feed" (
    "token_hash" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "schedule_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "calendar_feed_person_id_idx" ON "calendar_feed"("person_id");
CREATE INDEX "calendar_feed_schedule_id_idx" ON "calendar_feed"("schedule_id");
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "organisation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "business_hours" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "organisation_only_one" CHECK ("id" = 1)
);
INSERT INTO "organisation" ("business_hours") VALUES
  ('{"time_zone": "UTC", "open": [{"weekdays": [1, 2, 3, 4, 5], "from": "09:00", "until": "17:00"}], "holidays": []}');

CREATE TABLE "fact_lookup" (
    "key" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fact_lookup_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "fact_lookup_fetched_at_idx" ON "fact_lookup"("fetched_at");

ALTER TABLE "decision" ADD COLUMN "on_behalf_of_id" TEXT;

-- What ran by itself may be put before a person afterwards: draft.approver_rule and due_at then say whom and by when.
ALTER TABLE "draft" ADD COLUMN "after_review" TEXT;
ALTER TABLE "draft" ADD CONSTRAINT "draft_after_review_known" CHECK ("after_review" IN ('waiting', 'upheld', 'overturned'));
CREATE INDEX "draft_after_review" ON "draft" ("approver_rule", "due_at", "id") WHERE "after_review" = 'waiting' AND "status" = 'executed';
ALTER TABLE "decision" DROP CONSTRAINT "decision_verdict_known";
ALTER TABLE "decision" ADD CONSTRAINT "decision_verdict_known" CHECK ("verdict" IN ('approve', 'edit_and_approve', 'reject', 'request_changes', 'uphold', 'overturn'));

-- A decision can be taken back before it is carried out: nothing of it changes but that, and its person may decide anew.
ALTER TABLE "decision" ADD COLUMN "undone_at" TIMESTAMPTZ(3);
ALTER TABLE "execution" ADD COLUMN "not_before" TIMESTAMPTZ(3);
DROP INDEX "decision_draft_id_person_id_key";
CREATE UNIQUE INDEX "decision_once" ON "decision" ("draft_id", "person_id") WHERE "undone_at" IS NULL;
DROP TRIGGER decision_no_change ON "decision";
CREATE TRIGGER decision_no_change BEFORE UPDATE OF "id", "draft_id", "person_id", "verdict", "reason", "reason_salt", "screen_hash",
  "classification_id", "payload", "payload_hash", "precedent_ids", "on_behalf_of_id", "decided_at" ON "decision"
  FOR EACH ROW EXECUTE FUNCTION record_refuse_change();
CREATE TRIGGER decision_undone_once BEFORE UPDATE ON "decision"
  FOR EACH ROW WHEN (OLD."undone_at" IS NOT NULL) EXECUTE FUNCTION record_refuse_change();

-- Totals of an action type over a window.
CREATE INDEX "draft_action_type_created_at_idx" ON "draft"("action_type", "created_at");

-- The level of a draft's chain began to wait at waiting_since; reminders count from there.
ALTER TABLE "draft" ADD COLUMN "department_id" TEXT, ADD COLUMN "waiting_since" TIMESTAMPTZ(3);
UPDATE "draft" SET "waiting_since" = "created_at" WHERE "status" = 'pending';
ALTER TABLE "draft" DROP CONSTRAINT "draft_pending_is_assigned_and_due";
ALTER TABLE "draft" ADD CONSTRAINT "draft_pending_is_assigned_and_due" CHECK ("status" <> 'pending' OR ("approver_rule" IS NOT NULL AND "due_at" IS NOT NULL AND "waiting_since" IS NOT NULL));

-- Whoever changes people, rules, schedules or absences, by whatever way, nobody routes by the old ones afterwards.
CREATE TABLE "directory_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "directory_state_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "directory_state_only_one" CHECK ("id" = 1)
);
INSERT INTO "directory_state" ("id") VALUES (1);
CREATE FUNCTION "directory_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "directory_state" SET "version" = "version" + 1;
  RETURN NULL;
END $$;
DO $$
DECLARE changed TEXT;
BEGIN
  FOREACH changed IN ARRAY ARRAY['person', 'person_role', 'department', 'group', 'group_member', 'approver_rule', 'schedule',
                                 'schedule_override', 'absence', 'organisation'] LOOP
    EXECUTE format('CREATE TRIGGER "directory_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION "directory_changed"()', changed);
  END LOOP;
END $$;

-- What was published stays as it was.
CREATE TRIGGER schedule_version_no_change BEFORE UPDATE OR DELETE ON "schedule_version" FOR EACH ROW EXECUTE FUNCTION record_refuse_change();
