-- AlterTable
ALTER TABLE "event_feed" ADD COLUMN     "top" TIMESTAMPTZ(3);
