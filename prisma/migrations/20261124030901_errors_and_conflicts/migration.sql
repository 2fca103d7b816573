-- An error carries the object of its record. The default only stands while the rows of before are filled in.
ALTER TABLE "sync_error" ADD COLUMN "object" TEXT NOT NULL DEFAULT 'contact';
UPDATE "sync_error" e SET "object" = r."object" FROM "sync_record" r
  WHERE r."connection_id" = e."connection_id" AND r."id" = e."record_id" AND r."object" <> 'contact';
ALTER TABLE "sync_error" ALTER COLUMN "object" DROP DEFAULT;

-- Open errors, newest first: all of them, and those of one kind.
CREATE INDEX "sync_error_open_newest_idx" ON "sync_error" ("connection_id", "opened_at" DESC, "id" DESC) WHERE "closed_at" IS NULL;
CREATE INDEX "sync_error_open_kind_idx" ON "sync_error" ("connection_id", "type", "object", "side", "opened_at" DESC, "id" DESC) WHERE "closed_at" IS NULL;
-- Closed errors, the last one first.
CREATE INDEX "sync_error_closed_idx" ON "sync_error" ("connection_id", "closed_at" DESC, "id" DESC) WHERE "closed_at" IS NOT NULL;

-- Fields that were edited on both sides (spec X3), newest first. The query names the same condition, so that it is used.
CREATE INDEX "journal_entry_conflict_idx" ON "journal_entry" ("connection_id", "at" DESC, "id" DESC)
  WHERE "status" = 'settled' AND "changes" @> '[{"conflict": true}]';
