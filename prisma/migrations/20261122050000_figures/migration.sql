-- What insights show of past days, added up: per day and per whole month, by action type, by its rules and by its agents.
-- A worker writes it from the drafts themselves; whatever is here can be deleted and comes back.
CREATE TABLE "figure" (
    "grain" TEXT NOT NULL,
    "start" DATE NOT NULL,
    "dimension" TEXT NOT NULL,
    "action_type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "decided" INTEGER NOT NULL,
    "auto_execute" INTEGER NOT NULL,
    "execute_then_review" INTEGER NOT NULL,
    "batch_review" INTEGER NOT NULL,
    "named_approver" INTEGER NOT NULL,
    "automatic" INTEGER NOT NULL,
    "approved" INTEGER NOT NULL,
    "edited" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "changes_requested" INTEGER NOT NULL,
    "lapsed" INTEGER NOT NULL,
    "withdrawn" INTEGER NOT NULL,
    "blocked" INTEGER NOT NULL,
    "escalated" INTEGER NOT NULL,
    "breached" INTEGER NOT NULL,
    "executed" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "mismatched" INTEGER NOT NULL,
    "sampled" INTEGER NOT NULL,
    "upheld" INTEGER NOT NULL,
    "overturned" INTEGER NOT NULL,
    "decisions" INTEGER NOT NULL,
    "in_batches" INTEGER NOT NULL,
    "quick" INTEGER NOT NULL,
    "imported" INTEGER NOT NULL,
    "checks" INTEGER NOT NULL,
    "decide_spread" vector NOT NULL,
    "screen_spread" vector NOT NULL,

    CONSTRAINT "figure_pkey" PRIMARY KEY ("dimension", "grain", "start", "action_type", "name")
);
ALTER TABLE "figure" ADD CONSTRAINT "figure_grain_known" CHECK ("grain" IN ('day', 'month'));
ALTER TABLE "figure" ADD CONSTRAINT "figure_dimension_known" CHECK ("dimension" IN ('action_type', 'rule', 'agent', 'agent_of_any_type'));
-- How many took how long, by bucket: mostly zeros, which lie in the row compressed. pgvector adds them up in one go.
ALTER TABLE "figure" ALTER COLUMN "decide_spread" SET STORAGE EXTENDED, ALTER COLUMN "screen_spread" SET STORAGE EXTENDED;

-- How far that is: every day before rolled_until is in "figure"; the trail is read for changes of such days. Where much is
-- decided, the day rolled_until is there too, as it was at today_at.
CREATE TABLE "figure_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 0,
    "first_day" DATE,
    "rolled_until" DATE,
    "read_until" BIGINT NOT NULL DEFAULT 0,
    "read_snapshot" TEXT,
    "refreshed_at" TIMESTAMPTZ(3),
    "today_at" TIMESTAMPTZ(3),
    "today_took_ms" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "figure_state_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "figure_state_only_one" CHECK ("id" = 1)
);
INSERT INTO "figure_state" DEFAULT VALUES;

-- Days that have changed since they were added up.
CREATE TABLE "figure_dirty_day" (
    "day" DATE NOT NULL,

    CONSTRAINT "figure_dirty_day_pkey" PRIMARY KEY ("day")
);
