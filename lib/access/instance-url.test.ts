import { expect, it } from "vitest";
import { acceptInstanceUrl } from "./instance-url";

const LOGIN = "https://login.salesforce.com";

it.each([
  "https://acme.my.salesforce.com",
  "https://acme--dev.sandbox.my.salesforce.com/",
  "https://na1.salesforce.com",
  "https://acme.lightning.force.com",
])("takes Salesforce's own host %s", (url) => {
  expect(acceptInstanceUrl(url, LOGIN)).toBe(new URL(url).origin);
});

it.each([
  "http://acme.my.salesforce.com",
  "https://acme.my.salesforce.com.evil.example",
  "https://evilsalesforce.com",
  "https://evil.example/acme.my.salesforce.com",
  "https://acme.my.salesforce.com@evil.example",
  "https://acme.my.salesforce.com:8443",
  "https://127.0.0.1",
  "https://[::1]",
  "https://2130706433",
  "http://169.254.169.254",
  "",
  "not an address",
])("refuses %s", (url) => {
  expect(acceptInstanceUrl(url, LOGIN)).toBeNull();
});

it("takes the very origin that the operator set, and only with its port", () => {
  expect(acceptInstanceUrl("http://127.0.0.1:3200", "http://127.0.0.1:3200")).toBe("http://127.0.0.1:3200");
  expect(acceptInstanceUrl("http://127.0.0.1:3201", "http://127.0.0.1:3200")).toBeNull();
});
