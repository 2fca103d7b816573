import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { listLooks, readLooks, writeLooks } from "./preview-looks";

const settings = { ...DEFAULT_SETTINGS, version: 1 };
const id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

describe("X1: what is looked at before turning on", () => {
  test("is what is on, from both sides, parents first", () => {
    expect(listLooks(settings).map((look) => `${look.side} ${look.object}`)).toEqual([
      "hubspot contact",
      "salesforce contact",
    ]);
    const all = { ...settings, company: { ...settings.company, on: true }, deal: { ...settings.deal, on: true } };
    expect(listLooks(all).map((look) => look.object)).toEqual([
      "company",
      "company",
      "contact",
      "contact",
      "deal",
      "deal",
    ]);
  });
  test("is found again by the address", () => {
    expect(readLooks(writeLooks([id, null, id]), 6)).toEqual([id, null, id]);
    expect(readLooks(null, 6)).toEqual([]);
    expect(readLooks("rubbish.<b>", 6)).toEqual([]);
    expect(readLooks([id, id, id].join("."), 2)).toEqual([id, id]);
  });
});
