-- Past drafts of an action type as a backtest reads them: what was decided, or looked at afterwards, in a stretch of time that
-- has settled. Stretches follow each other without gaps, a thousand drafts long. A worker writes it from the drafts
-- themselves; whatever is here can be deleted and comes back.
CREATE TABLE "backtest_piece" (
    "action_type" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "columns" TEXT[],
    "drafts" INTEGER NOT NULL,
    "cases" JSON NOT NULL,

    CONSTRAINT "backtest_piece_pkey" PRIMARY KEY ("action_type", "starts_at"),
    CONSTRAINT "backtest_piece_has_length" CHECK ("ends_at" > "starts_at")
);
-- Read whole, many at once, and packed already: compressing it again would take longer to undo than to read.
ALTER TABLE "backtest_piece" ALTER COLUMN "cases" SET STORAGE EXTERNAL;

-- Imports were decided before they came in: a backtest looks for them apart.
CREATE INDEX "draft_imported" ON "draft" ("action_type", "id") WHERE "origin" = 'import';
-- What people looked at afterwards lately.
CREATE INDEX "decision_afterwards_lately" ON "decision" ("decided_at") WHERE "verdict" IN ('uphold', 'overturn');
