-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "setup_step" TEXT,
ADD COLUMN     "turned_on_at" TIMESTAMPTZ(3);

-- Connections that are on, or that were before a side was disconnected, go on by themselves after reconnecting.
UPDATE "connection" SET "turned_on_at" = COALESCE("last_check_at", "updated_at")
WHERE "status" <> 'setup' OR "last_check_at" IS NOT NULL;
