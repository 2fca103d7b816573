import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { GET as readRecord } from "@/app/api/records/[id]/route";
import { GET as readReasons } from "@/app/api/records/reasons/route";
import { GET as listRecords } from "@/app/api/records/route";
import { configureAccess } from "@/lib/access/access-settings";
import { createApiKey } from "@/lib/access/api-keys";
import { parseEnv } from "@/lib/server/env";
import { connectDatabase } from "@/lib/store/client";
import { answerParent } from "../world/child";

/** The routes of the records pages behind real HTTP; answers their address and an API key. */
connectDatabase(process.env.DATABASE_URL ?? "");
configureAccess(parseEnv(process.env));
const server = serve({ fetch: answer, hostname: "127.0.0.1", port: 0 });
const listening = new Promise<void>((resolve) => server.once("listening", () => resolve()));

function answer(request: Request): Promise<Response> {
  const [, , , last] = new URL(request.url).pathname.split("/");
  if (last === undefined) return listRecords(request, { params: Promise.resolve({}) });
  if (last === "reasons") return readReasons(request, { params: Promise.resolve({}) });
  return readRecord(request, { params: Promise.resolve({ id: last }) });
}

answerParent(async () => {
  await listening;
  const made = await createApiKey({ name: "benchmark", role: "read-only" }, { name: "benchmark", role: "owner" });
  if (made.kind !== "made") throw new Error("no key");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: made.secret };
});
