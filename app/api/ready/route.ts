import { checkReadiness } from "@/lib/server/check-readiness";

export const dynamic = "force-dynamic";

/** 200 when requests can be served, 503 with what is missing otherwise. */
export const GET = () => checkReadiness();
