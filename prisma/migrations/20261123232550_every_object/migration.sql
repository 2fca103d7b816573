-- AlterTable
ALTER TABLE "field_mapping" ADD COLUMN     "salesforce_field" TEXT;

-- AlterTable
ALTER TABLE "sync_record" ADD COLUMN     "waits_for" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE UNIQUE INDEX "field_mapping_connection_id_object_salesforce_field_key" ON "field_mapping"("connection_id", "object", "salesforce_field");

-- CreateIndex
CREATE INDEX "sync_record_waits_for_idx" ON "sync_record" USING GIN ("waits_for");

-- What HubSpot says of its contacts was kept under the side's own name
UPDATE "schema_snapshot" SET "object" = 'contact' WHERE "side" = 'hubspot' AND "object" = 'hubspot';

-- Due records are claimed object by object, parents before their children
DROP INDEX "sync_record_due_idx";
CREATE INDEX "sync_record_due_idx" ON "sync_record" ("connection_id", "object", "next_attempt_at", "requested_at") WHERE "requested_version" > "synced_version";
