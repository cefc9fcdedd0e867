-- The library is read newest first: all of it, or the few that are withdrawn or imported. By action type and outcome the
-- index of the precedents serves.
CREATE INDEX "example_decided" ON "example" ("decided_at" DESC, "id" DESC);
CREATE INDEX "example_withdrawn" ON "example" ("decided_at" DESC, "id" DESC) WHERE "withdrawn_at" IS NOT NULL;
CREATE INDEX "example_imported" ON "example" ("decided_at" DESC, "id" DESC) WHERE "imported";

-- Why an example was withdrawn last stays after it was put back; the trail commits to it by this salt.
ALTER TABLE "example" ADD COLUMN "withdrawn_salt" TEXT;
