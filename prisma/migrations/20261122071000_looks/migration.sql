-- What ran by itself and was looked at afterwards: few drafts, and the findings of insights and holds begin with them.
CREATE INDEX "draft_looked_at" ON "draft" ("action_type", "decided_at" DESC, "id" DESC) WHERE "after_review" IN ('upheld', 'overturned');
