import { describe, expect, test } from "vitest";
import { readAskedId } from "./explain-id";

describe("G6: the id in what somebody pasted", () => {
  test("an id of HubSpot, and Salesforce's long and short ones", () => {
    expect(readAskedId(" 20000000303 ")).toEqual({ hubspotId: "20000000303" });
    expect(readAskedId("00QKh000000003DMAQ")).toEqual({ salesforceId: "00QKh000000003DMAQ" });
    expect(readAskedId("00QKh000000003D")).toEqual({ salesforceId: "00QKh000000003D" });
  });
  test("the address of a page", () => {
    expect(readAskedId("https://app.hubspot.com/contacts/48201337/record/0-1/20000000303?x=1")).toEqual({
      hubspotId: "20000000303",
    });
    expect(readAskedId("https://acme.my.salesforce.com/lightning/r/Lead/00QKh000000003DMAQ/view")).toEqual({
      salesforceId: "00QKh000000003DMAQ",
    });
    expect(readAskedId("https://acme.my.salesforce.com/00QKh000000003D")).toEqual({ salesforceId: "00QKh000000003D" });
  });
  test("a person's email address", () => {
    expect(readAskedId(" noriko@people.example ")).toEqual({ email: "noriko@people.example" });
  });
  test("a name or any other address is none", () => {
    for (const text of ["", "Noriko", "noriko@people", "https://example.com/about", "https://a@example.com/x.y"]) {
      expect(readAskedId(text)).toBeNull();
    }
  });
});
