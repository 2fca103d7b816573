import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { configureAccess, getAccessSettings } from "./access-settings";
import { rotateKeys } from "./stored-tokens";
import { type AppWorld, connectSide, playDoor, signIn, startAppWorld } from "./testing/app-world";
import { createTokenSource } from "./token-source";

let world: AppWorld;

beforeAll(async () => {
  world = await startAppWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await act({ action: "setRefreshRotation", enabled: true });
  const person = await signIn();
  await connectSide("salesforce", person);
  await connectSide("hubspot", person);
  await playDoor(world.salesforce.url, "DELETE", "/__sandbox/calls");
  await playDoor(world.hubspot.url, "DELETE", "/__sandbox/calls");
});

const act = (body: object) => playDoor(world.salesforce.url, "POST", "/__sandbox/act", body);

async function countTokenCalls(url: string): Promise<number> {
  const log = (await playDoor(url, "GET", "/__sandbox/calls")) as { calls: { path: string }[] };
  return log.calls.filter((call) => call.path.split("?")[0]?.endsWith("/token")).length;
}

describe("renewing a Salesforce token while refresh tokens rotate", () => {
  it("is done once when two workers are refused at the same moment", async () => {
    const workers = [1, 2, 3].map(() => createTokenSource(world.connectionId, "salesforce"));
    const refused = await Promise.all(workers.map((worker) => worker.current()));
    const renewed = await Promise.all(workers.map((worker, n) => worker.renew(refused[n]?.accessToken ?? "")));
    expect(await countTokenCalls(world.salesforce.url)).toBe(1);
    expect(new Set(renewed.map((token) => token.accessToken)).size).toBe(1);
    expect(renewed[0]?.accessToken).not.toBe(refused[0]?.accessToken);
  });

  it("keeps the rotated refresh token, so that the next renewal works too", async () => {
    for (let round = 0; round < 3; round++) {
      const source = createTokenSource(world.connectionId, "salesforce");
      const { accessToken } = await source.current();
      expect((await source.renew(accessToken)).accessToken).not.toBe(accessToken);
    }
    expect(await countTokenCalls(world.salesforce.url)).toBe(3);
  });

  it("is a lost sign-in when the grant was revoked", async () => {
    const source = createTokenSource(world.connectionId, "salesforce");
    const { accessToken } = await source.current();
    await act({ action: "revokeRefreshTokens" });
    await expect(source.renew(accessToken)).rejects.toMatchObject({
      failure: { side: "salesforce", code: "invalid_grant", uncertain: false },
    });
  });

  it.each([
    ["an outage page", { status: 503, body: "<html>down</html>", headers: { "content-type": "text/html" } }],
    ["a cut line", { drop: "before" }],
  ])("is an outage, not a lost sign-in, when the token endpoint answers with %s", async (_name, effect) => {
    const source = createTokenSource(world.connectionId, "salesforce");
    const { accessToken } = await source.current();
    await playDoor(world.salesforce.url, "PUT", "/__sandbox/faults", [
      { match: { path: "/services/oauth2/token" }, do: effect },
    ]);
    const failure = await source.renew(accessToken).catch((error: { failure: unknown }) => error.failure);
    await playDoor(world.salesforce.url, "PUT", "/__sandbox/faults", []);
    expect(failure).toMatchObject({ code: "", uncertain: false });
    expect((await source.renew(accessToken)).accessToken).not.toBe(accessToken);
  });
});

describe("a HubSpot token near its end", () => {
  it("is renewed ahead, once for many callers", async () => {
    await endHubSpotToken(60_000);
    const source = createTokenSource(world.connectionId, "hubspot");
    const other = createTokenSource(world.connectionId, "hubspot");
    const tokens = await Promise.all([source.current(), source.current(), other.current()]);
    expect(new Set(tokens.map((token) => token.accessToken)).size).toBe(1);
    expect(await countTokenCalls(world.hubspot.url)).toBe(1);
  });

  it("is used on while the token endpoint is down", async () => {
    await endHubSpotToken(60_000);
    await playDoor(world.hubspot.url, "PUT", "/__sandbox/faults", [
      { match: { path: "/oauth/2026-03/token" }, do: { status: 502 } },
    ]);
    const { accessToken } = await createTokenSource(world.connectionId, "hubspot").current();
    await playDoor(world.hubspot.url, "PUT", "/__sandbox/faults", []);
    expect(accessToken).not.toBe("");
  });
});

describe("changing the encryption key", () => {
  it("re-encrypts every token under the new key, after which the old one can go", async () => {
    const settings = getAccessSettings();
    const before = await createTokenSource(world.connectionId, "hubspot").current();
    const next = { id: "k2", key: new Uint8Array(32).fill(7) };
    configureAccess({ ...settings, encryptionKeys: [next, ...settings.encryptionKeys] });
    expect(await rotateKeys()).toBe(2);
    configureAccess({ ...settings, encryptionKeys: [next] });
    expect(await createTokenSource(world.connectionId, "hubspot").current()).toEqual(before);
    configureAccess(settings);
    await expect(createTokenSource(world.connectionId, "hubspot").current()).rejects.toThrow(/key "k2"/);
  });

  it("refuses a token that was copied to another side's row", async () => {
    const [hubspot] = await getDatabase().credential.findMany({ where: { side: "hubspot" } });
    await getDatabase().credential.updateMany({
      where: { side: "salesforce" },
      data: { accessToken: hubspot?.accessToken ?? "" },
    });
    await expect(createTokenSource(world.connectionId, "salesforce").current()).rejects.toThrow(
      /belongs to another row/,
    );
  });
});

async function endHubSpotToken(inMs: number): Promise<void> {
  await getDatabase().credential.updateMany({
    where: { side: "hubspot" },
    data: { expiresAt: new Date(Date.now() + inMs) },
  });
}
