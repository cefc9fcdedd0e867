-- A change of policy that history speaks for: what is to run by itself, proposed by one person and accepted by another.
CREATE TABLE "promotion" (
    "id" TEXT NOT NULL,
    "action_type" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "policy_version_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'proposed',
    "lease_until" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "reason_salt" TEXT NOT NULL,
    "proposed_by_id" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision_reason" TEXT,
    "decision_salt" TEXT,
    "pull_request_state" TEXT NOT NULL DEFAULT 'none',
    "pull_request_url" TEXT,
    "pull_request_error" TEXT,
    "pull_request_runs" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "promotion_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "promotion_status_known" CHECK ("status" IN ('proposed', 'accepted', 'declined', 'withdrawn')),
    CONSTRAINT "promotion_is_decided" CHECK (("status" = 'proposed') = ("decided_by_id" IS NULL) AND ("decided_by_id" IS NULL) = ("decided_at" IS NULL) AND ("decided_by_id" IS NULL) = ("decision_reason" IS NULL)),
    -- Loosening takes two people.
    CONSTRAINT "promotion_two_people" CHECK ("status" <> 'accepted' OR "decided_by_id" <> "proposed_by_id"),
    CONSTRAINT "promotion_lease_is_a_day" CHECK ("lease_until" ~ '^\d{4}-\d{2}-\d{2}$'),
    CONSTRAINT "promotion_pull_request_state_known" CHECK ("pull_request_state" IN ('none', 'wanted', 'open', 'failed')),
    CONSTRAINT "promotion_pull_request_is_accepted" CHECK ("pull_request_state" = 'none' OR "status" = 'accepted')
);
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_policy_version_id_fkey" FOREIGN KEY ("policy_version_id") REFERENCES "policy_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "promotion_proposed_at_id_idx" ON "promotion"("proposed_at" DESC, "id" DESC);
CREATE INDEX "promotion_policy_version_id_idx" ON "promotion"("policy_version_id");
CREATE INDEX "promotion_proposed_by_id_idx" ON "promotion"("proposed_by_id");
CREATE INDEX "promotion_decided_by_id_idx" ON "promotion"("decided_by_id");
-- One question at a time about a rule.
CREATE UNIQUE INDEX "promotion_open" ON "promotion" ("action_type", "rule") WHERE "status" = 'proposed';
-- What was proposed is what is accepted.
CREATE TRIGGER promotion_no_change BEFORE UPDATE OF "id", "action_type", "rule", "policy_version_id", "lease_until", "content", "content_hash", "reason", "reason_salt", "proposed_by_id", "proposed_at" ON "promotion" FOR EACH ROW EXECUTE FUNCTION record_refuse_change();

-- Managers are told before a lease ends, and when it has; and when a promotion waits for a second person.
ALTER TABLE "notice" DROP CONSTRAINT "notice_kind_known";
ALTER TABLE "notice" ADD CONSTRAINT "notice_kind_known" CHECK ("kind" IN ('assigned', 'reminder', 'escalated', 'nobody', 'expired', 'hold', 'lease', 'promotion'));

-- What was looked at afterwards, for those who remember all other decisions.
CREATE INDEX "decision_afterwards" ON "decision" ("draft_id") WHERE "verdict" IN ('uphold', 'overturn');
