-- CreateTable
CREATE TABLE "event_feed" (
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "done_until" TIMESTAMPTZ(3) NOT NULL,
    "wanted_until" TIMESTAMPTZ(3) NOT NULL,
    "before" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_feed_pkey" PRIMARY KEY ("connection_id","name")
);

-- CreateTable
CREATE TABLE "event_source" (
    "connection_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "fetched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_source_pkey" PRIMARY KEY ("connection_id","kind","id")
);

-- CreateTable
CREATE TABLE "lifecycle_fact" (
    "connection_id" UUID NOT NULL,
    "salesforce_id" TEXT NOT NULL,
    "converted" BOOLEAN NOT NULL DEFAULT false,
    "open_opportunity" BOOLEAN NOT NULL DEFAULT false,
    "won_opportunity" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "lifecycle_fact_pkey" PRIMARY KEY ("connection_id","salesforce_id")
);
