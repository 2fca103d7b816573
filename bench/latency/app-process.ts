import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { POST } from "@/app/api/webhooks/hubspot/route";
import { connectDatabase } from "@/lib/store/client";
import { answerParent } from "../world/child";

/** The app's webhook route behind real HTTP; answers its address. Settings come in the environment. */
connectDatabase(process.env.DATABASE_URL ?? "");
const server = serve({ fetch: (request) => POST(request), hostname: "127.0.0.1", port: 0 });
const listening = new Promise<void>((resolve) => server.once("listening", () => resolve()));

answerParent(async () => {
  await listening;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Read at the first request: the address is known only now.
  process.env.KAKEHASHI_PUBLIC_URL = url;
  return url;
});
