-- CreateTable
CREATE TABLE "job" (
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'queued',
    "checkpoint" JSONB NOT NULL DEFAULT '{}',
    "checkpoint_no" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "problem" TEXT,
    "message" TEXT,
    "by" TEXT NOT NULL,
    "cancelled_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_pkey" PRIMARY KEY ("connection_id","id")
);

-- CreateTable
CREATE TABLE "job_item" (
    "connection_id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "record_id" UUID,
    "version" BIGINT NOT NULL DEFAULT 0,
    "prior_state" TEXT,
    "was_due" BOOLEAN NOT NULL DEFAULT false,
    "outcome" TEXT,
    "reason" TEXT,
    "plan" JSONB,

    CONSTRAINT "job_item_pkey" PRIMARY KEY ("connection_id","job_id","key")
);

-- CreateTable
CREATE TABLE "bulk_job" (
    "connection_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bulk_job_pkey" PRIMARY KEY ("connection_id","id")
);

-- CreateIndex
CREATE INDEX "job_connection_id_created_at_idx" ON "job"("connection_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "job_connection_id_status_idx" ON "job"("connection_id", "status");

-- CreateIndex
CREATE INDEX "job_item_connection_id_record_id_idx" ON "job_item"("connection_id", "record_id");

-- CreateIndex
CREATE INDEX "job_item_connection_id_job_id_outcome_idx" ON "job_item"("connection_id", "job_id", "outcome");
