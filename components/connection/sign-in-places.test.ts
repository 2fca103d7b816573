import { expect, it } from "vitest";
import { isSandboxHost, kindOfPlace, listPlaces } from "./sign-in-places";

it.each([
  ["login.salesforce.com", "production"],
  ["test.salesforce.com", "sandbox"],
  ["acme.my.salesforce.com", "domain"],
  ["", "domain"],
  ["127.0.0.1:3200", "server"],
])("%s is the place %s", (host, kind) => {
  expect(kindOfPlace(host, "127.0.0.1:3200")).toBe(kind);
});

it("offers the server's own place only where it is none of the usual ones", () => {
  expect(listPlaces("login.salesforce.com")).toEqual(["production", "sandbox", "domain"]);
  expect(listPlaces("acme.my.salesforce.com")).toEqual(["production", "sandbox", "domain", "server"]);
});

it("knows a sandbox by its host", () => {
  expect(isSandboxHost("test.salesforce.com")).toBe(true);
  expect(isSandboxHost("acme--uat.sandbox.my.salesforce.com")).toBe(true);
  expect(isSandboxHost("acme.my.salesforce.com")).toBe(false);
});
