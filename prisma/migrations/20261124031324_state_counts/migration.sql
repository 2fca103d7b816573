-- CreateTable
CREATE TABLE "state_count" (
    "connection_id" UUID NOT NULL,
    "object" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "in_sync" INTEGER NOT NULL,
    "due" INTEGER NOT NULL,
    "failing" INTEGER NOT NULL,
    "excluded" INTEGER NOT NULL,

    CONSTRAINT "state_count_pkey" PRIMARY KEY ("connection_id","object","at")
);
