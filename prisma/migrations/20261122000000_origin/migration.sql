-- Where a draft comes from: an agent, an import of what was decided before, or a check of the reviewers' attention.
ALTER TABLE "draft" ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'agent';
ALTER TABLE "draft" ADD CONSTRAINT "draft_origin_known" CHECK ("origin" IN ('agent', 'import', 'check'));
-- A check ought to be rejected, and nothing anybody decides can carry it out.
ALTER TABLE "draft" ADD CONSTRAINT "draft_check_is_never_executed" CHECK ("origin" <> 'check' OR "status" IN ('pending', 'rejected', 'changes_requested', 'expired', 'withdrawn'));
-- An import is over before it comes: it waits for nobody.
ALTER TABLE "draft" ADD CONSTRAINT "draft_import_is_over" CHECK ("origin" <> 'import' OR "status" IN ('executed', 'failed', 'rejected', 'changes_requested', 'expired', 'withdrawn'));
DROP TRIGGER draft_proposal_no_change ON "draft";
CREATE TRIGGER draft_proposal_no_change BEFORE UPDATE OF "payload", "payload_hash", "action_type", "agent_id", "subject_type", "subject_id", "summary", "origin" ON "draft" FOR EACH ROW EXECUTE FUNCTION record_refuse_change();

-- What the facts were that a classification was made by, name to value, as a policy of later may be tried on them.
ALTER TABLE "classification" ADD COLUMN "facts" JSON;

-- An example's own mark, so that the library can be read without its drafts; and whose word it was, where no account is.
ALTER TABLE "example" ADD COLUMN "imported" BOOLEAN NOT NULL DEFAULT false,
                      ADD COLUMN "decided_by_name" TEXT,
                      ADD COLUMN "withdrawn_by_id" TEXT,
                      ADD COLUMN "withdrawn_reason" TEXT;
ALTER TABLE "example" ADD CONSTRAINT "example_withdrawn_by_id_fkey" FOREIGN KEY ("withdrawn_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "example_withdrawn_by_id_idx" ON "example"("withdrawn_by_id") WHERE "withdrawn_by_id" IS NOT NULL;
