-- A record that is new in Salesforce may be the survivor of a merge: the few rows that tell of one are found by it.
-- Partial, so that it stays apart from what prisma/schema.prisma describes.
CREATE INDEX "sync_record_merged_into_idx" ON "sync_record" ("connection_id", "object", ("salesforce_seen"->>'MasterRecordId'))
  WHERE "salesforce_seen"->>'MasterRecordId' <> '';
