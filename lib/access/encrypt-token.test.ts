import { describe, expect, it } from "vitest";
import { decryptToken, encryptToken, type SealedPlace, UnsealError } from "./encrypt-token";

const place: SealedPlace = { connectionId: "c1", side: "hubspot", column: "access_token" };
const old = { id: "k1", key: new Uint8Array(32).fill(1) };
const fresh = { id: "k2", key: new Uint8Array(32).fill(2) };

describe("a sealed token", () => {
  it("opens where it was sealed, whatever its text", () => {
    for (const text of ["", "x", "日本語 🌉", "a".repeat(5000)]) {
      expect(decryptToken(encryptToken(text, place, [old]), place, [old])).toBe(text);
    }
  });

  it("never repeats an IV in 100,000 seals", () => {
    const ivs = new Set<string>();
    for (let n = 0; n < 100_000; n++) ivs.add(encryptToken("same", place, [old]).split(".")[2] ?? "");
    expect(ivs.size).toBe(100_000);
  });

  it("does not open after any one byte of it was changed", () => {
    const sealed = encryptToken("secret", place, [old]);
    const [version, keyId, ...parts] = sealed.split(".");
    parts.forEach((part, index) => {
      const bytes = Buffer.from(part, "base64url");
      bytes.forEach((_, at) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const text = [version, keyId, ...parts.with(index, changed.toString("base64url"))].join(".");
        expect(() => decryptToken(text, place, [old])).toThrow(UnsealError);
      });
    });
  });

  it.each<Partial<SealedPlace>>([{ connectionId: "c2" }, { side: "salesforce" }, { column: "refresh_token" }])(
    "does not open in another place: %o",
    (other) => {
      const sealed = encryptToken("secret", place, [old]);
      expect(() => decryptToken(sealed, { ...place, ...other }, [old])).toThrow(/another row/);
    },
  );

  it("opens with an older key, seals with the newest, and names a key that is missing", () => {
    const sealed = encryptToken("secret", place, [old]);
    expect(decryptToken(sealed, place, [fresh, old])).toBe("secret");
    expect(encryptToken("secret", place, [fresh, old])).toMatch(/^v1\.k2\./);
    expect(() => decryptToken(sealed, place, [fresh])).toThrow(/"k1".*KAKEHASHI_ENCRYPTION_KEYS/);
  });

  it("refuses a shortened tag and a foreign form", () => {
    const parts = encryptToken("secret", place, [old]).split(".");
    const short = parts.with(
      3,
      Buffer.from(parts[3] ?? "", "base64url")
        .subarray(0, 4)
        .toString("base64url"),
    );
    expect(() => decryptToken(short.join("."), place, [old])).toThrow(UnsealError);
    expect(() => decryptToken("plain text", place, [old])).toThrow(UnsealError);
  });
});
