/** The process is alive; says nothing of database or CRMs (that is /api/ready). */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
