-- CreateTable
CREATE TABLE "inclusion_list" (
    "connection_id" UUID NOT NULL,
    "object" TEXT NOT NULL,
    "list_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'loading',
    "problem" TEXT,
    "added_at" TEXT,
    "removed_at" TEXT,
    "join_cursor" TEXT,
    "load_no" INTEGER NOT NULL DEFAULT 1,
    "load_cursor" TEXT,
    "is_loading" BOOLEAN NOT NULL DEFAULT true,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inclusion_list_pkey" PRIMARY KEY ("connection_id","object")
);

-- CreateTable
CREATE TABLE "inclusion_member" (
    "connection_id" UUID NOT NULL,
    "object" TEXT NOT NULL,
    "hubspot_id" TEXT NOT NULL,
    "load_no" INTEGER NOT NULL,
    "left_at" TIMESTAMPTZ(3),
    "known_until" TIMESTAMPTZ(3),

    CONSTRAINT "inclusion_member_pkey" PRIMARY KEY ("connection_id","object","hubspot_id")
);

-- CreateTable
CREATE TABLE "deletion_scan" (
    "connection_id" UUID NOT NULL,
    "object" TEXT NOT NULL,
    "scanned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deletion_scan_pkey" PRIMARY KEY ("connection_id","object")
);

-- CreateTable
CREATE TABLE "brake" (
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "creates" INTEGER NOT NULL,
    "overwrites" INTEGER NOT NULL,
    "deletes" INTEGER NOT NULL,
    "pairs" INTEGER NOT NULL,
    "samples" JSONB NOT NULL DEFAULT '[]',
    "settings_version" INTEGER NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "brake_pkey" PRIMARY KEY ("connection_id")
);
