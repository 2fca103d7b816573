import { randomBytes } from "node:crypto";
import { POST as authPost } from "@/app/api/auth/[...all]/route";
import { POST as authorize } from "@/app/api/connection/[side]/authorize/route";
import { GET as finishConnect } from "@/app/api/oauth/[side]/callback/route";
import { startProcess } from "@/app/start-process";
import { createFirstAdmin } from "@/lib/access/first-admin";
import { closeDatabase } from "@/lib/store/client";
import { findConnection } from "@/lib/store/connections";
import { startHubSpotSandbox } from "@/sandbox/hubspot/server";
import { startSalesforceSandbox } from "@/sandbox/salesforce/server";
import { readForm } from "@/scripts/browser-session";
import { createTestDatabase } from "@/scripts/testing/database";

export const APP_URL = "http://localhost:3999";
export const ADMIN = { email: "admin@example.com", password: "a long enough password" };
export const API_KEY = "test-api-key-0123456789";
export const CRON_SECRET = "test-cron-secret";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Wish = {
  method?: string;
  path?: string;
  params?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
};

export type AppWorld = Awaited<ReturnType<typeof startAppWorld>>;

/** The app's own code wired as in production, over a database of its own and both sandboxes. One per test file. */
export async function startAppWorld(contacts = 3) {
  const database = await createTestDatabase();
  const [hubspot, salesforce] = await Promise.all([
    startHubSpotSandbox({ contacts }),
    startSalesforceSandbox({ contacts }),
  ]);
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    KAKEHASHI_PUBLIC_URL: APP_URL,
    KAKEHASHI_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    CRON_SECRET,
    LOG_LEVEL: "silent",
    KAKEHASHI_ADMIN_EMAIL: ADMIN.email,
    KAKEHASHI_ADMIN_PASSWORD: ADMIN.password,
    KAKEHASHI_ADMIN_API_KEY: API_KEY,
    HUBSPOT_API_URL: hubspot.url,
    HUBSPOT_AUTHORIZE_URL: `${hubspot.url}/oauth/authorize`,
    HUBSPOT_CLIENT_ID: "sandbox-client",
    HUBSPOT_CLIENT_SECRET: "sandbox-secret",
    SALESFORCE_LOGIN_URL: salesforce.url,
    SALESFORCE_CLIENT_ID: "sandbox-client",
    SALESFORCE_CLIENT_SECRET: "sandbox-secret",
  });
  startProcess();
  await createFirstAdmin();
  const connection = await findConnection();
  return {
    connectionId: connection.id,
    hubspot,
    salesforce,
    async stop() {
      await closeDatabase();
      await Promise.all([hubspot.stop(), salesforce.stop(), database.drop()]);
    },
  };
}

/** Calls a route handler as the server would. */
export function callRoute(handler: Handler, wish: Wish = {}): Promise<Response> {
  const { method = "GET", path = "/api/test", params = {}, headers = {}, body } = wish;
  const init: RequestInit = { method, headers: { ...headers } };
  if (body !== undefined) {
    init.body = typeof body === "string" ? body : JSON.stringify(body);
    init.headers = { "content-type": "application/json", ...headers };
  }
  return handler(new Request(new URL(path, APP_URL), init), { params: Promise.resolve(params) });
}

/** Signs in and answers the headers of a browser that is: cookie and origin. */
export async function signIn(credentials = ADMIN): Promise<{ cookie: string; origin: string }> {
  const request = new Request(`${APP_URL}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: APP_URL },
    body: JSON.stringify(credentials),
  });
  const response = await authPost(request);
  if (!response.ok) throw new Error(`Sign-in was refused with ${response.status}: ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return { cookie, origin: APP_URL };
}

/** Begins to connect and presses the vendor's button; answers the address that the browser is sent back to. */
export async function agreeAtVendor(
  side: "hubspot" | "salesforce",
  headers: Record<string, string>,
  query = "",
): Promise<{ callbackUrl: string; authorizeUrl: string }> {
  const started = await callRoute(authorize, { method: "POST", path: `/api/test${query}`, params: { side }, headers });
  const { url: authorizeUrl } = (await started.json()) as { url: string };
  const page = await fetch(authorizeUrl);
  const { action, fields } = readForm(await page.text(), new URL(authorizeUrl));
  const back = await fetch(action, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: fields.toString(),
    redirect: "manual",
  });
  const callbackUrl = back.headers.get("location");
  if (!callbackUrl) throw new Error(`${side} did not send the browser back: ${back.status}`);
  return { callbackUrl, authorizeUrl };
}

export async function connectSide(side: "hubspot" | "salesforce", headers: Record<string, string>): Promise<string> {
  const { callbackUrl } = await agreeAtVendor(side, headers);
  const response = await returnToApp(side, callbackUrl, headers);
  return response.headers.get("location") ?? "";
}

/** What the browser asks when the vendor sends it back: a plain GET with the cookie. */
export function returnToApp(side: string, callbackUrl: string, headers: Record<string, string>): Promise<Response> {
  const request = new Request(callbackUrl, headers.cookie ? { headers: { cookie: headers.cookie } } : {});
  return finishConnect(request, { params: Promise.resolve({ side }) });
}

/** Plays a test door of a sandbox. */
export async function playDoor(sandboxUrl: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const init: RequestInit = { method };
  if (body !== undefined)
    Object.assign(init, { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  const response = await fetch(`${sandboxUrl}${path}`, init);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json().catch(() => null);
}
