-- What an agent had the built-in drafter write counts as the agent's own, within a time.
DROP INDEX "draft_requesting_key_id_idx";
CREATE INDEX "draft_requesting_key_id_created_at_idx" ON "draft"("requesting_key_id", "created_at") WHERE "requesting_key_id" IS NOT NULL;
