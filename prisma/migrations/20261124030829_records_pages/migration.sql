-- AlterTable
ALTER TABLE "sync_record" ADD COLUMN     "error_type" TEXT;

-- CreateTable
CREATE TABLE "saved_view" (
    "connection_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "object" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner" TEXT,
    "filters" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("connection_id","id")
);

-- CreateIndex
CREATE INDEX "saved_view_connection_id_object_idx" ON "saved_view"("connection_id", "object");

-- What fails already is shown with its newest open error.
UPDATE "sync_record" r SET "error_type" = e."type"
FROM (
  SELECT DISTINCT ON ("connection_id", "record_id") "connection_id", "record_id", "type" FROM "sync_error"
  WHERE "closed_at" IS NULL ORDER BY "connection_id", "record_id", "last_seen_at" DESC
) e
WHERE e."connection_id" = r."connection_id" AND e."record_id" = r."id";

-- The list filtered by error or by reason, in the order of name. Few rows fail, so the first is small.
CREATE INDEX "sync_record_error_type_idx" ON "sync_record" ("connection_id", "object", "error_type", "display_name", "id") WHERE "error_type" IS NOT NULL;
CREATE INDEX "sync_record_exclusion_reason_idx" ON "sync_record" ("connection_id", "object", "exclusion_reason", "display_name", "id") WHERE "exclusion_reason" IS NOT NULL;

-- The list in the order of the last sync, of one state; all states together are four such walks, merged. What never synced stands at the old end.
CREATE INDEX "sync_record_last_synced_idx" ON "sync_record" ("connection_id", "object", "state", (COALESCE("last_synced_at", '-infinity'::timestamptz)), "id");
