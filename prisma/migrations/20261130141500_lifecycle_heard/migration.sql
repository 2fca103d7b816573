-- AlterTable
ALTER TABLE "lifecycle_fact" ADD COLUMN     "open_heard_at" TIMESTAMPTZ(3),
ADD COLUMN     "won_heard_at" TIMESTAMPTZ(3);
