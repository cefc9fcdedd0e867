-- A second vector beside the built-in one, from an endpoint, written by a worker. Halves: they take half the room, and
-- an index takes 4,000 dimensions of them.
ALTER TABLE "draft" ADD COLUMN "remote_embedder" TEXT, ADD COLUMN "remote_embedding" halfvec;
ALTER TABLE "example" ADD COLUMN "remote_embedder" TEXT, ADD COLUMN "remote_embedding" halfvec;
-- In its row as long as the row fits a page: comparing thousands one by one must not fetch each.
ALTER TABLE "example" ALTER COLUMN "remote_embedding" SET STORAGE MAIN;
-- What still lacks the vector of an embedder, by name: those before it, those after it, and those without any.
CREATE INDEX "draft_remote_embedder" ON "draft" ("remote_embedder", "id") WHERE "status" = 'pending' OR "after_review" = 'waiting';
CREATE INDEX "example_remote_embedder" ON "example" ("action_type", "remote_embedder");
CREATE INDEX "example_embedder" ON "example" ("action_type", "embedder");

-- What makes vectors: the one adopted last is in force. A worker holds a lease while it works for it.
CREATE TABLE "embedder" (
    "name" TEXT NOT NULL,
    "dimensions" INTEGER,
    "adopted_at" TIMESTAMPTZ(3) NOT NULL,
    "leased_by" TEXT,
    "leased_until" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "failed_at" TIMESTAMPTZ(3),
    CONSTRAINT "embedder_pkey" PRIMARY KEY ("name")
);
