import { defineConfig } from "prisma/config";

// For those who use Prisma's own command line (`npx prisma migrate deploy`, `prisma studio`). The url is only needed by
// commands that connect; the app and `npm run db:migrate` read DATABASE_URL themselves.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
