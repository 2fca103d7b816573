import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/lib/access/api-keys";
import type { UserRole } from "@/lib/access/roles";
import { type AppWorld, callRoute, signIn, startAppWorld } from "@/lib/access/testing/app-world";
import type { SavedView } from "@/lib/contracts/views";
import { DELETE, PATCH } from "./[id]/route";
import { GET, POST } from "./route";

type Headers = Record<string, string>;

const FILTERS = { search: "bridge", state: "failing", error: "value_too_long", reason: null, sort: "-synced" };

let world: AppWorld;
let admin: Headers;
const keys = new Map<UserRole, Headers>();

beforeAll(async () => {
  world = await startAppWorld(3);
  admin = await signIn();
  for (const role of ["read-only", "operator", "admin"] as const) {
    const made = await createApiKey({ name: `views ${role}`, role }, { name: "test", role: "owner" });
    if (made.kind === "made") keys.set(role, { authorization: `Bearer ${made.secret}` });
  }
});
afterAll(() => world.stop());

const as = (role: UserRole) => keys.get(role) ?? {};

async function create(headers: Headers, body: object): Promise<Response> {
  return callRoute(POST, {
    method: "POST",
    path: "/api/views",
    headers,
    body: { object: "contact", filters: FILTERS, ...body },
  });
}

async function listNames(headers: Headers, object = "contact"): Promise<string[]> {
  const answer = await callRoute(GET, { path: `/api/views?object=${object}`, headers });
  return ((await answer.json()) as { views: SavedView[] }).views.map((view) => view.name);
}

async function made(response: Response): Promise<SavedView> {
  expect(response.status).toBe(201);
  return (await response.json()) as SavedView;
}

const at = (id: string, headers: Headers) => ({ path: `/api/views/${id}`, params: { id }, headers });

describe("saved views", () => {
  it("an operator's own is seen by its maker alone, with its filters as they were", async () => {
    const view = await made(await create(as("operator"), { name: "Mine" }));
    expect(view).toMatchObject({ name: "Mine", shared: false, filters: FILTERS });
    expect(await listNames(as("operator"))).toContain("Mine");
    expect(await listNames(as("read-only"))).not.toContain("Mine");
    expect(await listNames(admin)).not.toContain("Mine");
    expect(await listNames(as("operator"), "deal")).not.toContain("Mine");
    expect((await callRoute(PATCH, { method: "PATCH", ...at(view.id, admin), body: { name: "Theirs" } })).status).toBe(
      404,
    );
    expect((await callRoute(DELETE, { method: "DELETE", ...at(view.id, admin) })).status).toBe(404);
    expect(await listNames(as("operator"))).toContain("Mine");
  });

  it("a shared one is seen by everybody and changed by those who may configure", async () => {
    expect((await create(as("operator"), { name: "Ours", shared: true })).status).toBe(403);
    const view = await made(await create(as("admin"), { name: "Ours", shared: true }));
    expect(await listNames(as("read-only"))).toContain("Ours");
    const rename = { method: "PATCH", ...at(view.id, as("operator")), body: { name: "Broken" } };
    expect((await callRoute(PATCH, rename)).status).toBe(403);
    expect((await callRoute(DELETE, { method: "DELETE", ...at(view.id, as("operator")) })).status).toBe(403);
    const renamed = await callRoute(PATCH, { method: "PATCH", ...at(view.id, admin), body: { name: "Ours too" } });
    expect(renamed.status).toBe(200);
    expect(await listNames(as("operator"))).toContain("Ours too");
    expect((await callRoute(DELETE, { method: "DELETE", ...at(view.id, admin) })).status).toBe(204);
    expect(await listNames(as("read-only"))).not.toContain("Ours too");
    expect((await callRoute(DELETE, { method: "DELETE", ...at(view.id, admin) })).status).toBe(404);
  });

  it("who may only look makes none", async () => {
    expect((await create(as("read-only"), { name: "Nothing" })).status).toBe(403);
  });

  it("a name that the maker sees already is refused beside its field, in any spelling", async () => {
    await made(await create(as("operator"), { name: "Twice" }));
    const again = await create(as("operator"), { name: "tWICE" });
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ fields: [{ path: "name", message: "name_taken" }] });
    // Somebody else's private one stands in nobody's way
    await made(await create(as("admin"), { name: "Twice" }));
  });
});
