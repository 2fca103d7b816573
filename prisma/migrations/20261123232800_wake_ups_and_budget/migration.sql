-- CreateTable
CREATE TABLE "wake_up" (
    "connection_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "remote_id" TEXT NOT NULL,
    "fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" BIGINT NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wake_up_pkey" PRIMARY KEY ("connection_id","side","type","remote_id")
);

-- CreateTable
CREATE UNLOGGED TABLE "seen_webhook" (
    "signature" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "seen_webhook_pkey" PRIMARY KEY ("signature")
);

-- CreateTable
CREATE TABLE "event_position" (
    "connection_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "replay_id" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_position_pkey" PRIMARY KEY ("connection_id","channel")
);

-- CreateTable
CREATE TABLE "event_listener" (
    "connection_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "retry_at" TIMESTAMPTZ(3),
    "last_event_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_listener_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "call_usage" (
    "connection_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "object" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "call_usage_pkey" PRIMARY KEY ("connection_id","hour","object","reason")
);

-- CreateTable
CREATE TABLE "org_usage" (
    "connection_id" UUID NOT NULL,
    "used" INTEGER NOT NULL,
    "max" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "org_usage_pkey" PRIMARY KEY ("connection_id")
);

-- CreateIndex
CREATE INDEX "seen_webhook_at_idx" ON "seen_webhook"("at");
