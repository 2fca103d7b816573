import { pingDatabase } from "@/lib/store/client";

/** 200 `{status: "ready"}`, or 503 with what is missing and how to mend it. */
export async function checkReadiness(): Promise<Response> {
  const condition = await pingDatabase();
  const headers = { "cache-control": "no-store" };
  if (condition.state === "ready") return Response.json({ status: "ready" }, { headers });
  return Response.json({ status: condition.state, message: condition.message }, { status: 503, headers });
}
