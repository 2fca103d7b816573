import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccountCandidate, domainsOfCompany, isSameSalesforceId, matchAccount } from "./match-companies";
import { domainOfEmail, normaliseDomain } from "./web-domain";

const id = (n: number) => `001AA000000000${n}YAA`;
const account = (c: Partial<AccountCandidate>): AccountCandidate => ({
  id: id(1),
  name: "",
  website: null,
  modifiedAt: 0,
  hubspotId: null,
  pairedElsewhere: false,
  ...c,
});
const company = { hubspotId: "7", storedAccountId: null, contactAccountIds: [], domains: ["acme.co.jp"] };

describe("D36: web domains in one form", () => {
  it.each([
    ["acme.co.jp", "acme.co.jp"],
    [" https://www.ACME.co.jp:8443/about?x=1#top ", "acme.co.jp"],
    ["http://acme.co.jp.", "acme.co.jp"],
    ["//acme.co.jp/", "acme.co.jp"],
    ["ａｃｍｅ．ｃｏ．ｊｐ", "acme.co.jp"],
    ["日本語.jp", "xn--wgv71a119e.jp"],
    ["https://XN--WGV71A119E.JP/", "xn--wgv71a119e.jp"],
    ["shop.acme.co.jp", "shop.acme.co.jp"],
    ["www.jp", "www.jp"],
    ["localhost", null],
    ["192.168.0.1", null],
    ["[::1]", null],
    ["info@acme.co.jp", null],
    ["not a domain", null],
    ["http://", null],
    ["", null],
    [null, null],
    ["%%%", null],
  ])("%j is %j", (raw, domain) => {
    expect(normaliseDomain(raw)).toBe(domain);
  });
  it("an address has the domain of its mailbox", () => {
    expect([" A@Acme.co.jp ", "@x.jp", "x", "a@b@c.jp", null].map(domainOfEmail)).toEqual([
      "acme.co.jp",
      null,
      null,
      "c.jp",
      null,
    ]);
  });
  it("the form of a form is itself", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.domain(), fc.string()), (raw) => {
        const domain = normaliseDomain(raw);
        if (domain !== null) expect(normaliseDomain(domain)).toBe(domain);
      }),
      { numRuns: 3_000 },
    );
  });
  it("mailbox providers and shared sites match nobody", () => {
    const raw = ["gmail.com", "https://www.facebook.com/acme", "yahoo.co.jp", "Acme.co.jp", "www.acme.co.jp"];
    expect(domainsOfCompany(raw)).toEqual(["acme.co.jp"]);
  });
});

describe("M3: which account a company is linked to", () => {
  const created = account({ id: id(1), hubspotId: "7" });
  const stored = account({ id: id(2) });
  const ofContact = account({ id: id(3) });
  const sameDomain = account({ id: id(4), website: "http://www.acme.co.jp/", modifiedAt: 9 });
  const all = [sameDomain, ofContact, stored, created];
  const full = { ...company, storedAccountId: id(2).slice(0, 15), contactAccountIds: [id(3)] };
  const free = (...taken: AccountCandidate[]) =>
    all.map((a) => (taken.includes(a) ? { ...a, pairedElsewhere: true } : a));

  it("M6 first an earlier create, then the stored id, then a contact's account, then the domain", () => {
    expect(matchAccount(full, all, true)).toMatchObject({ chosen: created, by: "earlier_create" });
    expect(matchAccount(full, free(created), true)).toMatchObject({ chosen: stored, by: "stored_id" });
    expect(matchAccount(full, free(created, stored), true)).toMatchObject({ chosen: ofContact, by: "contact" });
    expect(matchAccount(full, free(created, stored, ofContact), true)).toMatchObject({
      chosen: sameDomain,
      by: "domain",
    });
    expect(matchAccount(full, free(...all), true)).toMatchObject({ chosen: null, by: null });
  });
  it("not by domain where that is off, nor by a mailbox provider's", () => {
    expect(matchAccount(company, [sameDomain], false)).toMatchObject({ chosen: null, others: [sameDomain] });
    const mail = account({ website: "gmail.com" });
    expect(matchAccount({ ...company, domains: ["gmail.com"] }, [mail], true).chosen).toBeNull();
    expect(matchAccount({ ...company, domains: [null, ""] }, [account({ website: "" })], true).chosen).toBeNull();
  });
  it("M2: of several the latest change, then the id; the others are told", () => {
    const late = account({ id: id(6), website: "acme.co.jp", modifiedAt: 9 });
    expect(matchAccount(company, [late, sameDomain], true)).toMatchObject({ chosen: sameDomain, others: [late] });
    const latest = account({ id: id(7), website: "acme.co.jp", modifiedAt: 10 });
    expect(matchAccount(company, [late, latest, sameDomain], true).chosen).toBe(latest);
  });
  it("ids of 15 and 18 characters are one, by case", () => {
    expect(isSameSalesforceId(id(1), id(1).slice(0, 15))).toBe(true);
    expect(isSameSalesforceId(id(1), id(1).toLowerCase())).toBe(false);
    expect(isSameSalesforceId("", "")).toBe(false);
  });
  it("D37: never a taken account, and the order of candidates does not matter", () => {
    const one = fc.record({
      id: fc.integer({ min: 0, max: 9 }).map(id),
      website: fc.constantFrom(null, "acme.co.jp", "gmail.com", "other.jp"),
      modifiedAt: fc.integer({ min: 0, max: 2 }),
      hubspotId: fc.constantFrom(null, "7", "8"),
      pairedElsewhere: fc.boolean(),
    });
    const list = fc.uniqueArray(one, { selector: (c) => c.id });
    const who = fc.record({
      hubspotId: fc.constant("7"),
      storedAccountId: fc.constantFrom(null, id(1), id(2)),
      contactAccountIds: fc.subarray([id(3), id(4)]),
      domains: fc.subarray(["acme.co.jp", "gmail.com"]),
    });
    fc.assert(
      fc.property(list, who, fc.boolean(), (raw, asked, byDomain) => {
        const candidates = raw.map(account);
        const match = matchAccount(asked, candidates, byDomain);
        expect(matchAccount(asked, candidates.toReversed(), byDomain)).toEqual(match);
        expect(match.chosen?.pairedElsewhere ?? false).toBe(false);
        expect(match.others.length).toBe(candidates.length - (match.chosen ? 1 : 0));
      }),
      { numRuns: 3_000 },
    );
  });
});
