-- AlterTable
ALTER TABLE "sync_record" ADD COLUMN     "deleted_in" TEXT;
