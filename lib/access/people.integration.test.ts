import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DELETE as revokeKey } from "@/app/api/api-keys/[id]/route";
import { GET as listKeys, POST as makeKey } from "@/app/api/api-keys/route";
import { POST as postAuth } from "@/app/api/auth/[...all]/route";
import { GET as readMe } from "@/app/api/me/route";
import { POST as makePasswordLink } from "@/app/api/users/[id]/password-link/route";
import { PATCH as changeUser } from "@/app/api/users/[id]/route";
import { POST as renew } from "@/app/api/users/invitations/[id]/renew/route";
import { DELETE as withdraw } from "@/app/api/users/invitations/[id]/route";
import { POST as accept } from "@/app/api/users/invitations/accept/route";
import { POST as open } from "@/app/api/users/invitations/open/route";
import { POST as invite } from "@/app/api/users/invitations/route";
import { GET as listUsers } from "@/app/api/users/route";
import type { ApiKeyMade } from "@/lib/contracts/api-keys";
import type { InvitationMade, UserList } from "@/lib/contracts/users";
import { getDatabase } from "@/lib/store/client";
import { ADMIN, type AppWorld, callRoute, signIn, startAppWorld } from "./testing/app-world";

type Headers = Record<string, string>;
const PASSWORD = "correct horse battery";

let world: AppWorld;
let owner: Headers;

beforeAll(async () => {
  world = await startAppWorld(3);
  owner = await signIn();
});
afterAll(() => world.stop());

const jsonOf = async <T>(response: Response) => (await response.json()) as T;
const tokenOf = (link: string | null) => new URL(link ?? "").hash.slice(1);

async function inviteAs(headers: Headers, email: string, role: string): Promise<InvitationMade> {
  const response = await callRoute(invite, { method: "POST", headers, body: { email, role } });
  expect(response.status, await response.clone().text()).toBe(201);
  return jsonOf<InvitationMade>(response);
}

function acceptWith(token: string, more: object = {}): Promise<Response> {
  const body = { token, name: "Noriko Hayashida", password: PASSWORD, ...more };
  return callRoute(accept, { method: "POST", body, path: "/api/users/invitations/accept" });
}

/** Somebody new with this role, signed in. */
async function join(email: string, role: string): Promise<{ headers: Headers; id: string }> {
  const { link } = await inviteAs(owner, email, role);
  expect((await acceptWith(tokenOf(link))).status).toBe(200);
  const headers = await signIn({ email, password: PASSWORD });
  const { users } = await jsonOf<UserList>(await callRoute(listUsers, { headers: owner }));
  return { headers, id: users.find((user) => user.email === email)?.id ?? "" };
}

const change = (id: string, body: object, headers: Headers = owner) =>
  callRoute(changeUser, { method: "PATCH", params: { id }, headers, body });
const me = async (headers: Headers) => callRoute(readMe, { headers });

describe("an invitation", () => {
  it("makes the account with its role, signs in, and is used up", async () => {
    const { link, invitation } = await inviteAs(owner, "Noriko@People.example", "operator");
    expect(invitation).toMatchObject({ email: "noriko@people.example", role: "operator", invitedBy: ADMIN.email });
    const token = tokenOf(link);
    const seen = await callRoute(open, { method: "POST", body: { token } });
    expect(await seen.json()).toMatchObject({ email: "noriko@people.example", role: "operator", purpose: "invite" });
    const response = await acceptWith(token);
    expect(response.headers.getSetCookie().join()).toMatch(/session_token=.+HttpOnly/i);
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    expect(await (await me({ cookie })).json()).toMatchObject({ role: "operator", permissions: ["read", "sync"] });
    for (const again of [await acceptWith(token), await callRoute(open, { method: "POST", body: { token } })]) {
      expect(again.status).toBe(410);
    }
  });

  it("keeps no token that could be used: only its hash is stored", async () => {
    const { link, invitation } = await inviteAs(owner, "hashed@people.example", "read-only");
    const row = await getDatabase().invitation.findUniqueOrThrow({ where: { id: invitation.id } });
    expect(JSON.stringify(row)).not.toContain(tokenOf(link));
    expect(row.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBeGreaterThan(6.99 * 24 * 3_600_000);
  });

  it("no longer opens when it expired, was withdrawn, or was replaced", async () => {
    const expired = await inviteAs(owner, "late@people.example", "read-only");
    await getDatabase().invitation.update({
      where: { id: expired.invitation.id },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    const withdrawn = await inviteAs(owner, "gone@people.example", "read-only");
    const done = await callRoute(withdraw, {
      method: "DELETE",
      params: { id: withdrawn.invitation.id },
      headers: owner,
    });
    expect(done.status).toBe(204);
    const older = await inviteAs(owner, "twice@people.example", "read-only");
    const renewed = await callRoute(renew, { method: "POST", params: { id: older.invitation.id }, headers: owner });
    const newer = await jsonOf<InvitationMade>(renewed);
    for (const { link } of [expired, withdrawn, older]) expect((await acceptWith(tokenOf(link))).status).toBe(410);
    expect((await acceptWith(tokenOf(newer.link))).status).toBe(200);
  });

  it("accepted twice at the same moment makes one account", async () => {
    const { link } = await inviteAs(owner, "race@people.example", "read-only");
    const answers = await Promise.all([1, 2, 3, 4].map(() => acceptWith(tokenOf(link))));
    expect(answers.map((response) => response.status).sort()).toEqual([200, 410, 410, 410]);
    expect(await getDatabase().user.count({ where: { email: "race@people.example" } })).toBe(1);
  });

  it("refuses a short password, naming the field, and stays good", async () => {
    const { link } = await inviteAs(owner, "short@people.example", "read-only");
    const refused = await acceptWith(tokenOf(link), { password: "short" });
    expect(await refused.json()).toMatchObject({ status: 400, fields: [{ path: "password" }] });
    expect((await acceptWith(tokenOf(link))).status).toBe(200);
  });

  it("is refused for an address that has an account, and above one's own rights", async () => {
    const twice = await callRoute(invite, {
      method: "POST",
      headers: owner,
      body: { email: ADMIN.email.toUpperCase(), role: "admin" },
    });
    expect(await twice.json()).toMatchObject({ code: "already_member" });
    const admin = await join("admin2@people.example", "admin");
    const above = await callRoute(invite, {
      method: "POST",
      headers: admin.headers,
      body: { email: "boss@people.example", role: "owner" },
    });
    expect(above.status).toBe(403);
  });
});

describe("people", () => {
  it("the first one is the owner, and somebody has to stay the owner", async () => {
    const { users } = await jsonOf<UserList>(await callRoute(listUsers, { headers: owner }));
    const first = users.find((user) => user.isYou);
    expect(first).toMatchObject({ role: "owner", email: ADMIN.email });
    for (const body of [{ role: "admin" }, { active: false }]) {
      expect(await (await change(first?.id ?? "", body)).json()).toMatchObject({ code: "last_owner" });
    }
  });

  it("two owners who remove each other at the same moment leave one", async () => {
    const second = await join("owner2@people.example", "owner");
    const { users } = await jsonOf<UserList>(await callRoute(listUsers, { headers: owner }));
    const first = users.find((user) => user.isYou)?.id ?? "";
    const both = await Promise.all([
      change(second.id, { role: "admin" }),
      change(first, { role: "admin" }, second.headers),
    ]);
    expect(both.filter((response) => response.status === 200)).toHaveLength(1);
    expect(await getDatabase().user.count({ where: { role: "owner", deactivatedAt: null } })).toBe(1);
    await getDatabase().user.updateMany({ where: { email: ADMIN.email }, data: { role: "owner" } });
    await getDatabase().user.updateMany({ where: { id: second.id }, data: { role: "admin" } });
  });

  it("a role that is taken is gone with the next request", async () => {
    const { headers, id } = await join("demoted@people.example", "admin");
    expect((await callRoute(listUsers, { headers })).status).toBe(200);
    expect((await change(id, { role: "read-only" })).status).toBe(200);
    expect((await callRoute(listUsers, { headers })).status).toBe(403);
  });

  it("an administrator cannot touch an owner, nor become one", async () => {
    const admin = await join("admin3@people.example", "admin");
    const { users } = await jsonOf<UserList>(await callRoute(listUsers, { headers: admin.headers }));
    const boss = users.find((user) => user.email === ADMIN.email)?.id ?? "";
    const asked = [
      await change(boss, { role: "read-only" }, admin.headers),
      await change(boss, { active: false }, admin.headers),
      await change(admin.id, { role: "owner" }, admin.headers),
      await callRoute(makePasswordLink, { method: "POST", params: { id: boss }, headers: admin.headers }),
    ];
    expect(asked.map((response) => response.status)).toEqual([403, 403, 403, 403]);
  });

  it("who is deactivated is out at once and cannot sign in, and comes back with the same password", async () => {
    const { headers, id } = await join("leaving@people.example", "operator");
    expect((await me(headers)).status).toBe(200);
    expect((await change(id, { active: false })).status).toBe(200);
    expect((await me(headers)).status).toBe(401);
    expect(await getDatabase().session.count({ where: { userId: id } })).toBe(0);
    await expect(signIn({ email: "leaving@people.example", password: PASSWORD })).rejects.toThrow(/401/);
    expect(await getDatabase().session.count({ where: { userId: id } })).toBe(0);
    await change(id, { active: true });
    expect((await me(await signIn({ email: "leaving@people.example", password: PASSWORD }))).status).toBe(200);
  });

  it("a password link sets a new password once and ends all sessions", async () => {
    const { headers, id } = await join("forgot@people.example", "operator");
    const made = await callRoute(makePasswordLink, { method: "POST", params: { id }, headers: owner });
    const { link } = await jsonOf<{ link: string }>(made);
    const password = "another long password";
    expect((await acceptWith(tokenOf(link), { password, name: undefined })).status).toBe(200);
    expect((await me(headers)).status).toBe(401);
    await expect(signIn({ email: "forgot@people.example", password: PASSWORD })).rejects.toThrow();
    expect((await me(await signIn({ email: "forgot@people.example", password }))).status).toBe(200);
    expect((await acceptWith(tokenOf(link), { password: PASSWORD })).status).toBe(410);
  });
});

describe("sessions", () => {
  it("are stored without the token that opens them, which ends with the session", async () => {
    const { headers } = await join("session@people.example", "operator");
    const token = decodeURIComponent(headers.cookie?.split("=")[1] ?? "").split(".")[0] ?? "";
    expect(token.length).toBeGreaterThan(20);
    const rows = await getDatabase().session.findMany({ where: { user: { email: "session@people.example" } } });
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.every((row) => /^sha256:[0-9a-f]{64}$/.test(row.token))).toBe(true);
    expect((await me(headers)).status).toBe(200);
    const out = new Request("http://localhost:3999/api/auth/sign-out", { method: "POST", headers });
    expect((await postAuth(out)).status).toBe(200);
    expect((await me(headers)).status).toBe(401);
  });

  it("of a person end with a new password, but for the one that set it", async () => {
    const { headers: first } = await join("change@people.example", "operator");
    const second = await signIn({ email: "change@people.example", password: PASSWORD });
    const change = (currentPassword: string) =>
      postAuth(
        new Request("http://localhost:3999/api/auth/change-password", {
          method: "POST",
          headers: { ...first, "content-type": "application/json" },
          body: JSON.stringify({ currentPassword, newPassword: "yet another password" }),
        }),
      );
    expect(await (await change("not this one")).json()).toMatchObject({ fields: [{ path: "currentPassword" }] });
    const changed = await change(PASSWORD);
    expect(changed.status).toBe(200);
    expect(await changed.text()).not.toMatch(/token/);
    const cookie = changed.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    expect((await me({ cookie })).status).toBe(200);
    expect((await me(second)).status).toBe(401);
    expect((await me(first)).status).toBe(401);
  });
});

describe("API keys", () => {
  let made: ApiKeyMade;
  beforeEach(async () => {
    const wish = { method: "POST", headers: owner, body: { name: "Reporting", role: "operator" } };
    made = await jsonOf<ApiKeyMade>(await callRoute(makeKey, wish));
  });
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

  it("open what their role may, without a cookie or an origin, until they are revoked", async () => {
    expect(await (await me(bearer(made.secret))).json()).toMatchObject({ name: "api-key:Reporting", role: "operator" });
    expect((await callRoute(listUsers, { headers: bearer(made.secret) })).status).toBe(403);
    const wish = { method: "DELETE", params: { id: made.key.id }, headers: owner };
    expect((await callRoute(revokeKey, wish)).status).toBe(204);
    expect((await me(bearer(made.secret))).status).toBe(401);
    expect((await callRoute(revokeKey, wish)).status).toBe(404);
  });

  it("are stored as a hash and shown once", async () => {
    const rows = JSON.stringify(await getDatabase().apiKey.findMany());
    expect(rows).not.toContain(made.secret);
    const list = await (await callRoute(listKeys, { headers: owner })).text();
    expect(list).not.toContain(made.secret);
    expect(list).toContain(made.secret.slice(0, 9));
    expect(list).not.toMatch(/[0-9a-f]{64}/);
  });

  it("tell when they were last used", async () => {
    expect(made.key.lastUsedAt).toBeNull();
    await me(bearer(made.secret));
    const row = await getDatabase().apiKey.findUniqueOrThrow({ where: { id: made.key.id } });
    expect(row.lastUsedAt).not.toBeNull();
  });

  it("never open more than their maker may", async () => {
    const admin = await join("keys@people.example", "admin");
    const make = (role: string, headers: Headers) =>
      callRoute(makeKey, { method: "POST", headers, body: { name: "too much", role } });
    expect((await make("owner", admin.headers)).status).toBe(403);
    const ownersKey = await jsonOf<ApiKeyMade>(await make("owner", owner));
    const wish = { method: "DELETE", params: { id: ownersKey.key.id }, headers: admin.headers };
    expect((await callRoute(revokeKey, wish)).status).toBe(403);
    const adminsKey = await jsonOf<ApiKeyMade>(await make("admin", admin.headers));
    expect((await make("owner", bearer(adminsKey.secret))).status).toBe(403);
  });
});
