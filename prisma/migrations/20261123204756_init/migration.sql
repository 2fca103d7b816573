-- Trigram search over names, companies and addresses
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "connection" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'setup',
    "suspended_reason" TEXT,
    "suspended_side" TEXT,
    "suspended_detail" TEXT,
    "suspended_at" TIMESTAMPTZ(3),
    "settings" JSONB NOT NULL DEFAULT '{}',
    "settings_version" INTEGER NOT NULL DEFAULT 1,
    "hubspot_portal_id" TEXT,
    "hubspot_account" JSONB,
    "salesforce_org_id" TEXT,
    "salesforce_user_id" TEXT,
    "salesforce_url" TEXT,
    "salesforce_account" JSONB,
    "capabilities" JSONB NOT NULL DEFAULT '{}',
    "last_check_at" TIMESTAMPTZ(3),
    "next_check_at" TIMESTAMPTZ(3),
    "checks_done" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "connection_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "access_token" TEXT NOT NULL,
    "refresh_token" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "scopes" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("connection_id","side")
);

-- CreateTable
CREATE TABLE "field_mapping" (
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "object" TEXT NOT NULL,
    "hubspot_property" TEXT NOT NULL,
    "lead_field" TEXT,
    "contact_field" TEXT,
    "rule" TEXT NOT NULL,
    "value_map" JSONB NOT NULL DEFAULT '{}',
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "field_mapping_pkey" PRIMARY KEY ("connection_id","id")
);

-- CreateTable
CREATE TABLE "sync_record" (
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "object" TEXT NOT NULL,
    "hubspot_id" TEXT,
    "salesforce_id" TEXT,
    "salesforce_type" TEXT,
    "state" TEXT NOT NULL DEFAULT 'due',
    "exclusion_reason" TEXT,
    "email" TEXT,
    "other_emails" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "display_name" TEXT NOT NULL DEFAULT '',
    "company" TEXT NOT NULL DEFAULT '',
    "search_text" TEXT NOT NULL DEFAULT '',
    "hubspot_base" JSONB,
    "salesforce_base" JSONB,
    "hubspot_seen" JSONB,
    "salesforce_seen" JSONB,
    "hubspot_stamp" TIMESTAMPTZ(3),
    "salesforce_stamp" TIMESTAMPTZ(3),
    "candidates" JSONB,
    "requested_version" BIGINT NOT NULL DEFAULT 1,
    "synced_version" BIGINT NOT NULL DEFAULT 0,
    "triggers" JSONB NOT NULL DEFAULT '[]',
    "needs_read" BOOLEAN NOT NULL DEFAULT false,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "check_no" BIGINT NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_token" BIGINT,
    "lease_until" TIMESTAMPTZ(3),
    "last_synced_at" TIMESTAMPTZ(3),
    "last_triggers" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_record_pkey" PRIMARY KEY ("connection_id","id")
);

-- CreateTable
CREATE TABLE "sync_error" (
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "fields" JSONB NOT NULL DEFAULT '[]',
    "remote_code" TEXT,
    "remote_message" TEXT NOT NULL DEFAULT '',
    "detail" JSONB NOT NULL DEFAULT '{}',
    "retry" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    "occurrences" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "sync_error_pkey" PRIMARY KEY ("connection_id","id")
);

-- CreateTable
CREATE TABLE "journal_entry" (
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "run_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "triggers" JSONB NOT NULL DEFAULT '[]',
    "changes" JSONB NOT NULL DEFAULT '[]',
    "error" JSONB,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "by" TEXT,

    CONSTRAINT "journal_entry_pkey" PRIMARY KEY ("connection_id","id")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'running',
    "seen_hubspot" INTEGER NOT NULL DEFAULT 0,
    "seen_salesforce" INTEGER NOT NULL DEFAULT 0,
    "due" INTEGER NOT NULL DEFAULT 0,
    "synced" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated_hubspot" INTEGER NOT NULL DEFAULT 0,
    "updated_salesforce" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "excluded" INTEGER NOT NULL DEFAULT 0,
    "calls_hubspot" INTEGER NOT NULL DEFAULT 0,
    "calls_salesforce" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("connection_id","id")
);

-- CreateTable
CREATE TABLE "check_cursor" (
    "connection_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "stamp" TIMESTAMPTZ(3) NOT NULL,
    "last_id" TEXT NOT NULL DEFAULT '',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "check_cursor_pkey" PRIMARY KEY ("connection_id","side","object")
);

-- CreateTable
CREATE TABLE "schema_snapshot" (
    "connection_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schema_snapshot_pkey" PRIMARY KEY ("connection_id","side","object")
);

-- CreateTable
CREATE TABLE "owner_snapshot" (
    "connection_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "owner_snapshot_pkey" PRIMARY KEY ("connection_id","side","id")
);

-- CreateTable
CREATE TABLE "rate_budget" (
    "connection_id" UUID NOT NULL,
    "bucket" TEXT NOT NULL,
    "next_free_at" TIMESTAMPTZ(6) NOT NULL,
    "per_ten_seconds" INTEGER,

    CONSTRAINT "rate_budget_pkey" PRIMARY KEY ("connection_id","bucket")
);

-- CreateTable
CREATE TABLE "work_lease" (
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token" BIGINT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "work_lease_pkey" PRIMARY KEY ("connection_id","name")
);

-- CreateTable
CREATE TABLE "oauth_attempt" (
    "state_hash" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_attempt_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "connection_id" UUID,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'read-only',
    "language" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "field_mapping_connection_id_object_hubspot_property_key" ON "field_mapping"("connection_id", "object", "hubspot_property");

-- CreateIndex
CREATE INDEX "sync_record_connection_id_object_state_display_name_id_idx" ON "sync_record"("connection_id", "object", "state", "display_name", "id");

-- CreateIndex
CREATE INDEX "sync_record_connection_id_object_display_name_id_idx" ON "sync_record"("connection_id", "object", "display_name", "id");

-- CreateIndex
CREATE INDEX "sync_record_connection_id_object_email_idx" ON "sync_record"("connection_id", "object", "email");

-- CreateIndex
CREATE INDEX "sync_record_other_emails_idx" ON "sync_record" USING GIN ("other_emails");

-- CreateIndex
CREATE INDEX "sync_record_search_text_idx" ON "sync_record" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "sync_record_connection_id_object_hubspot_id_key" ON "sync_record"("connection_id", "object", "hubspot_id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_record_connection_id_object_salesforce_id_key" ON "sync_record"("connection_id", "object", "salesforce_id");

-- CreateIndex
CREATE INDEX "sync_error_connection_id_record_id_idx" ON "sync_error"("connection_id", "record_id");

-- CreateIndex
CREATE INDEX "journal_entry_connection_id_record_id_at_idx" ON "journal_entry"("connection_id", "record_id", "at" DESC);

-- CreateIndex
CREATE INDEX "sync_run_connection_id_started_at_idx" ON "sync_run"("connection_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Fencing tokens: every claim gets a higher one
CREATE SEQUENCE "lease_token_seq";

-- The queue: only what is due, oldest request first
CREATE INDEX "sync_record_due_idx" ON "sync_record" ("connection_id", "next_attempt_at", "requested_at") WHERE "requested_version" > "synced_version";

-- Failing records that are tried again once a day
CREATE INDEX "sync_record_daily_retry_idx" ON "sync_record" ("connection_id", "next_attempt_at") WHERE "state" = 'failing' AND "requested_version" = "synced_version";

-- Open errors by type, for the overview and the list
CREATE INDEX "sync_error_open_idx" ON "sync_error" ("connection_id", "type", "record_id") WHERE "closed_at" IS NULL;

-- Records that a worker holds now, for the counts
CREATE INDEX "sync_record_leased_idx" ON "sync_record" ("connection_id", "lease_until") WHERE "lease_token" IS NOT NULL;

-- Charts and lag of the last 24 hours
CREATE INDEX "journal_entry_at_idx" ON "journal_entry" ("connection_id", "at" DESC);
