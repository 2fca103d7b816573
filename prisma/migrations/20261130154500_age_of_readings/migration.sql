-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "checks_done_at" TIMESTAMPTZ(3);

