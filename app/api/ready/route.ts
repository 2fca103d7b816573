import { pingDatabase } from "@/lib/store/client";

export const dynamic = "force-dynamic";

/** 200 when requests can be served; 503 with what is missing and how to mend it. */
export async function GET(): Promise<Response> {
  const condition = await pingDatabase();
  const headers = { "cache-control": "no-store" };
  if (condition.state === "ready") return Response.json({ status: "ready" }, { headers });
  return Response.json({ status: condition.state, message: condition.message }, { status: 503, headers });
}
