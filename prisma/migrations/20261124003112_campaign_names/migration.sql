-- AlterTable
ALTER TABLE "lifecycle_fact" ADD COLUMN     "campaign_names" TEXT;
