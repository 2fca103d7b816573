import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "./env";

const key = (id: string, bytes = 32) => `${id}:${randomBytes(bytes).toString("base64")}`;
const minimal = () => ({
  DATABASE_URL: "postgresql://u:p@127.0.0.1:5432/k",
  KAKEHASHI_ENCRYPTION_KEYS: key("k1"),
});
const failureOf = (source: Record<string, string>) => {
  try {
    parseEnv(source);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    return (error as EnvError).message;
  }
  throw new Error("the settings were accepted");
};

describe("settings", () => {
  it("point at the real clouds unless told otherwise", () => {
    const env = parseEnv(minimal());
    expect(env.hubspot.apiUrl).toBe("https://api.hubapi.com");
    expect(env.hubspot.authorizeUrl).toBe("https://app.hubspot.com/oauth/authorize");
    expect(env.salesforce.loginUrl).toBe("https://login.salesforce.com");
    expect(env.publicUrl).toBe("http://localhost:3000");
    expect(env.cronSecret).toBeUndefined();
    expect(env.firstAdmin).toBeUndefined();
  });

  it("drop the trailing slash of a URL, so that paths can be appended", () => {
    const env = parseEnv({ ...minimal(), KAKEHASHI_PUBLIC_URL: "https://sync.example.com/", PORT: "4000" });
    expect(env.publicUrl).toBe("https://sync.example.com");
    expect(env.port).toBe(4000);
  });

  it("take an empty value for an unset one", () => {
    const env = parseEnv({ ...minimal(), CRON_SECRET: "", PORT: "", HUBSPOT_CLIENT_ID: "" });
    expect(env.port).toBe(3000);
    expect(env.hubspot.clientId).toBeUndefined();
  });

  it("name every missing setting at once, with a command that makes the key", () => {
    const message = failureOf({});
    expect(message).toContain("DATABASE_URL is missing");
    expect(message).toContain("KAKEHASHI_ENCRYPTION_KEYS is missing");
    expect(message).toContain("randomBytes(32)");
  });
});

describe("encryption keys", () => {
  it("keep their order, the newest first", () => {
    const env = parseEnv({ ...minimal(), KAKEHASHI_ENCRYPTION_KEYS: `${key("k2")}, ${key("k1")}` });
    expect(env.encryptionKeys.map((k) => [k.id, k.key.length])).toEqual([
      ["k2", 32],
      ["k1", 32],
    ]);
  });

  it("of the wrong length are refused without being repeated", () => {
    const short = key("k1", 16);
    const message = failureOf({ ...minimal(), KAKEHASHI_ENCRYPTION_KEYS: short });
    expect(message).toContain("16 bytes, not 32");
    expect(message).not.toContain(short.slice(3));
  });

  it.each(["nonsense", "k1:", ":AAAA", "k1:not base64!", "k1"])("in another shape (%s) are refused", (value) => {
    expect(failureOf({ ...minimal(), KAKEHASHI_ENCRYPTION_KEYS: value })).toContain("name:key");
  });

  it("with one name for two keys are refused, as decryption could not tell them apart", () => {
    const keys = `${key("k1")},${key("k1")}`;
    expect(failureOf({ ...minimal(), KAKEHASHI_ENCRYPTION_KEYS: keys })).toContain("same key name twice");
  });
});

describe("bad values", () => {
  it.each([
    ["PORT", "99999"],
    ["PORT", "http"],
    ["DATABASE_URL", "mysql://x"],
    ["HUBSPOT_API_URL", "ftp://x"],
    ["KAKEHASHI_PUBLIC_URL", "sync"],
    ["CRON_SECRET", "short"],
    ["LOG_LEVEL", "loud"],
  ])("of %s are refused by name", (name, value) => {
    expect(failureOf({ ...minimal(), [name]: value })).toContain(name);
  });

  it("never show up in the message", () => {
    const message = failureOf({ ...minimal(), DATABASE_URL: "mysql://root:hunter2@db/x" });
    expect(message).not.toContain("hunter2");
  });

  it("half an administrator is refused", () => {
    expect(failureOf({ ...minimal(), KAKEHASHI_ADMIN_EMAIL: "a@b.example" })).toContain("KAKEHASHI_ADMIN_PASSWORD");
  });
});
