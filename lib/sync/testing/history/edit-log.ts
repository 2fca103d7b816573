import { type Value, ValueLog } from "./value-log";

/** The oracle's own memory of what people did, independent of the engine: who edited what, where and when. */

export const FIELDS = [
  { property: "firstname", lead: "FirstName", contact: "FirstName" },
  { property: "phone", lead: "Phone", contact: "Phone" },
  { property: "jobtitle", lead: "Title", contact: "Title" },
  { property: "city", lead: "City", contact: "MailingCity" },
] as const;

/** People who were merged with one another, on one side or both. */
export type Group = {
  emails: string[];
  /** Records that stand on each side after what people merged; the engine may neither add nor take one away */
  hubspotIds: Set<string>;
  salesforceIds: Set<string>;
  /**
   * A contact whose lead was merged away before a sync had linked the two (or known that it had: the answer to a create
   * was lost). The survivor carries another address (M5 speaks of pairs): the contact may get a record of its own, and the
   * survivor a contact.
   */
  unlinkedContact: string | null;
};

/** One person of the history, on whichever sides it stands. */
export type Person = {
  key: string;
  email: string;
  hubspotId: string | null;
  salesforceId: string | null;
  type: "Lead" | "Contact";
  /** Gone on a side or merged away: the values are not judged any more */
  isJudged: boolean;
  /** What is edited does not travel now: outside the inclusion list */
  isHeldBack: boolean;
  /** When a clean sync first saw that; null = not yet */
  heldBackSince: number | null;
  group: Group | null;
  /** Second until which somebody else's transaction holds the Salesforce record: people cannot edit it either */
  lockedUntil: number;
  values: ValueLog;
};

export class EditLog {
  readonly people: Person[] = [];
  /** The sandboxes' clock, in seconds; every step moves it on, so that no two edits of one record are simultaneous */
  second = 0;
  /** Everything else whose values are judged: companies, deals, tasks */
  readonly others: ValueLog[] = [];
  /** Whether somebody new is held back at first, as with an inclusion list */
  isNewHeldBack = false;
  private readonly told: { key: string; text: string }[] = [];
  private valuesMade = 0;

  addPerson(email: string): Person {
    const person: Person = {
      key: `p${this.people.length}`,
      email,
      hubspotId: null,
      salesforceId: null,
      type: "Lead",
      isJudged: true,
      isHeldBack: this.isNewHeldBack,
      heldBackSince: null,
      group: null,
      lockedUntil: -1,
      values: new ValueLog(),
    };
    this.people.push(person);
    return person;
  }

  /** A number that no other value of this history has: where a value stands tells which edit put it there. */
  takeNumber(): number {
    this.valuesMade += 1;
    return this.valuesMade;
  }

  noteEdit(person: Person, side: "hubspot" | "salesforce", values: Record<string, Value>): void {
    this.noteAct(person, `${side} ${JSON.stringify(values)}`);
    person.values.note(side, values, this.second);
  }

  noteAct(person: { key: string }, text: string): void {
    this.told.push({ key: person.key, text: `${this.second}s ${text}` });
  }

  /** What was done to a person or record, for the message of a violation. */
  tell(person: { key: string }): string {
    return this.told
      .filter(({ key }) => key === person.key)
      .map(({ text }) => text)
      .join(" · ");
  }

  /** Called after a sync that left nothing due while no fault was set. */
  noteClean(): void {
    for (const person of this.people) {
      // Somebody else holds the row: the sync passed it by, and a first sync is still to come.
      if (person.lockedUntil >= this.second) continue;
      this.noteAct(person, "clean sync");
      if (person.isHeldBack) person.heldBackSince ??= this.second;
      else person.values.noteClean(this.second);
    }
    for (const values of this.others) values.noteClean(this.second);
  }
}
