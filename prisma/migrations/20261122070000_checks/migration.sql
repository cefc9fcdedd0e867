-- A check of attention goes under the name of an agent that drafts such actions, and a key of it, so that those whom duty
-- keeps from that agent's drafts are kept from the check too. Only a check may; what it is, `origin` says.
ALTER TABLE "draft" ADD COLUMN "shown_agent_id" TEXT,
                    ADD COLUMN "shown_key_id" TEXT;
ALTER TABLE "draft" ADD CONSTRAINT "draft_shown_agent_id_fkey" FOREIGN KEY ("shown_agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "draft" ADD CONSTRAINT "draft_shown_key_id_fkey" FOREIGN KEY ("shown_key_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "draft" ADD CONSTRAINT "draft_only_a_check_is_disguised" CHECK (("shown_agent_id" IS NULL) = ("shown_key_id" IS NULL) AND ("shown_agent_id" IS NULL OR "origin" = 'check'));
-- The agent that has its name on checks drafts nothing else, nobody holds a key of it, and no system is told of a check.
ALTER TABLE "draft" ADD CONSTRAINT "draft_of_the_checks_is_a_check" CHECK ("agent_id" <> 'agt_checks' OR ("origin" = 'check' AND "callback_url" IS NULL AND "after_review" IS NULL));
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_of_the_checks_is_revoked" CHECK ("agent_id" <> 'agt_checks' OR "revoked_at" IS NOT NULL);
CREATE TRIGGER draft_disguise_no_change BEFORE UPDATE OF "shown_agent_id", "shown_key_id" ON "draft" FOR EACH ROW EXECUTE FUNCTION record_refuse_change();
CREATE INDEX "draft_shown_agent_id_idx" ON "draft"("shown_agent_id") WHERE "shown_agent_id" IS NOT NULL;
CREATE INDEX "draft_checks" ON "draft" ("created_at") WHERE "origin" = 'check';

-- What a check was made from, why it ought to be rejected, and what became of it.
CREATE TABLE "seeded_check" (
    "draft_id" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "action_type" TEXT NOT NULL,
    "approver_rule" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "seeded_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "person_id" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "seeded_check_pkey" PRIMARY KEY ("draft_id"),
    CONSTRAINT "seeded_check_outcome_known" CHECK ("outcome" IN ('caught', 'missed', 'lapsed')),
    CONSTRAINT "seeded_check_ends" CHECK (("outcome" IS NULL) = ("ended_at" IS NULL) AND (coalesce("outcome", '') IN ('caught', 'missed')) = ("person_id" IS NOT NULL))
);
ALTER TABLE "seeded_check" ADD CONSTRAINT "seeded_check_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "seeded_check" ADD CONSTRAINT "seeded_check_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "seeded_check_person_id_ended_at_idx" ON "seeded_check"("person_id", "ended_at");
CREATE INDEX "seeded_check_template_idx" ON "seeded_check"("action_type", "approver_rule", "template");
CREATE INDEX "seeded_check_open" ON "seeded_check" ("seeded_at") WHERE "outcome" IS NULL;

-- Whether checks are mixed in: off until somebody turns it on. `seen_until`: drafts that came later have not been drawn for.
CREATE TABLE "check_setting" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "per_hundred" INTEGER NOT NULL DEFAULT 0,
    "seen_until" TIMESTAMPTZ(3),
    "changed_by_id" TEXT,
    "changed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "check_setting_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "check_setting_only_one" CHECK ("id" = 1),
    CONSTRAINT "check_setting_share" CHECK ("per_hundred" BETWEEN 0 AND 10)
);
INSERT INTO "check_setting" ("id") VALUES (1);
ALTER TABLE "check_setting" ADD CONSTRAINT "check_setting_changed_by_id_fkey" FOREIGN KEY ("changed_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Somebody went through a quarter: what the page said then, and who signed it off. Never changed afterwards.
CREATE TABLE "quarter_review" (
    "id" TEXT NOT NULL,
    "quarter" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "note" TEXT,
    "findings" JSON NOT NULL,
    "findings_hash" TEXT NOT NULL,
    "looked_at" TEXT[] NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quarter_review_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "quarter_review_quarter_named" CHECK ("quarter" ~ '^[0-9]{4}-Q[1-4]$')
);
ALTER TABLE "quarter_review" ADD CONSTRAINT "quarter_review_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "quarter_review_quarter_signed_at_idx" ON "quarter_review"("quarter", "signed_at" DESC);
CREATE INDEX "quarter_review_person_id_idx" ON "quarter_review"("person_id");
CREATE TRIGGER quarter_review_no_change BEFORE UPDATE OR DELETE ON "quarter_review" FOR EACH ROW EXECUTE FUNCTION record_refuse_change();

-- What ran by itself and was looked at afterwards: few drafts, and the findings of insights and holds begin with them.
CREATE INDEX "draft_looked_at" ON "draft" ("action_type", "decided_at" DESC, "id" DESC) WHERE "after_review" IN ('upheld', 'overturned');
