-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "put_aside_at" TIMESTAMPTZ(3),
ADD COLUMN     "salesforce_login_url" TEXT;
