import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { isFreshTimestamp, isSignedByHubSpot, type SignedRequest } from "./webhook-signature";

const SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
/** The example of HubSpot's guide to validating requests. */
const PUBLISHED: SignedRequest = {
  method: "POST",
  url: "https://www.example.com/webhook_uri",
  body: Buffer.from("{'example_field':'example_value'}"),
  timestamp: "1693657560000",
  signature: "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
};

test("T18: the example that HubSpot publishes is accepted", () => {
  expect(isSignedByHubSpot(PUBLISHED, SECRET)).toBe(true);
});

test.each<[string, Partial<SignedRequest>]>([
  ["another method", { method: "PUT" }],
  ["another address", { url: "https://www.example.com/webhook_uri/" }],
  ["http for https", { url: "http://www.example.com/webhook_uri" }],
  ["a body of one more space", { body: Buffer.from("{'example_field':'example_value'} ") }],
  ["another time", { timestamp: "1693657560001" }],
  ["no time", { timestamp: null }],
  ["no signature", { signature: null }],
  ["an empty signature", { signature: "" }],
  ["half a signature", { signature: "K36dawei4A+QBNolUOqo7s91" }],
  ["something that is not base64", { signature: "\u0000\u0000" }],
])("T18: forged, %s: refused", (_, change) => {
  expect(isSignedByHubSpot({ ...PUBLISHED, ...change }, SECRET)).toBe(false);
});

test("T18: another app's secret does not open it, and no secret at all opens nothing", () => {
  expect(isSignedByHubSpot(PUBLISHED, `${SECRET}x`)).toBe(false);
  const empty = createHmac("sha256", "").update("POSThttps://a.example/x1").digest("base64");
  const request = { method: "POST", url: "https://a.example/x", body: new Uint8Array(), timestamp: "1" };
  expect(isSignedByHubSpot({ ...request, signature: empty }, "")).toBe(false);
});

test("T18: the twelve escapes are decoded before signing, all others stay", () => {
  const decoded = "https://a.example/hook?next=https://b.example/x,y&mail=me@c.example&kept=%20%5B";
  const sent = "https://a.example/hook?next=https%3A%2F%2fb.example%2Fx%2Cy&mail=me%40c.example&kept=%20%5B";
  const signature = createHmac("sha256", SECRET).update(`POST${decoded}[]7`).digest("base64");
  const request = { method: "post", body: Buffer.from("[]"), timestamp: "7", signature };
  expect(isSignedByHubSpot({ ...request, url: sent }, SECRET)).toBe(true);
  expect(isSignedByHubSpot({ ...request, url: sent.replace("%20", "+") }, SECRET)).toBe(false);
});

test("T18: signed up to five minutes ago or ahead is fresh", () => {
  const now = 1_693_657_560_000;
  for (const offset of [0, 300_000, -300_000]) expect(isFreshTimestamp(String(now + offset), now)).toBe(true);
  for (const offset of [300_001, -300_001]) expect(isFreshTimestamp(String(now + offset), now)).toBe(false);
  for (const text of [null, "", "abc", "1.7e12", " 1693657560000", "-1693657560000", "NaN"]) {
    expect(isFreshTimestamp(text, now)).toBe(false);
  }
});
