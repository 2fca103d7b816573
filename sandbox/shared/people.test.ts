import { describe, expect, it } from "vitest";
import { holdsPerson, listPeople, makeHeldPerson, makePerson } from "./people";

describe("sample people", () => {
  it("are the same for the same seed, others for another, with one address each", () => {
    expect(makePerson(1, 12)).toEqual(makePerson(1, 12));
    expect(makePerson(1, 12)).not.toEqual(makePerson(2, 12));
    const emails = Array.from({ length: 5000 }, (_, i) => makePerson(1, i).email.toLowerCase());
    expect(new Set(emails).size).toBe(5000);
  });

  it("are Japanese in about 45 of 100, and sometimes awkward", () => {
    const people = Array.from({ length: 2000 }, (_, i) => makePerson(1, i));
    const japanese = people.filter((person) => person.language === "ja").length;
    expect(japanese).toBeGreaterThan(800);
    expect(japanese).toBeLessThan(1000);
    expect(people.some((person) => person.lastName.includes("'"))).toBe(true);
    expect(people.some((person) => person.company.includes("<b>"))).toBe(true);
    expect(people.some((person) => person.title.length === 200 || person.title.length === 199)).toBe(true);
    expect(people.every((person) => person.email.length <= 80)).toBe(true);
  });

  it("are split between the systems, and differ for every seventh of those in both", () => {
    expect([...listPeople("hubspot", 1, 10)].map(({ i }) => i)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...listPeople("salesforce", 1, 10)].map(({ i }) => i)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    const both = Array.from({ length: 700 }, (_, i) => i).filter(
      (i) => holdsPerson("hubspot", i) && holdsPerson("salesforce", i),
    );
    const different = both.filter(
      (i) => JSON.stringify(makeHeldPerson("hubspot", 1, i)) !== JSON.stringify(makeHeldPerson("salesforce", 1, i)),
    );
    expect(different).toEqual(both.filter((i) => i % 7 === 0));
  });
});
