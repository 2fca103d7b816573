/** The oracle's own memory of what people did, independent of the engine: who edited what, where and when. */

export const FIELDS = [
  { property: "firstname", lead: "FirstName", contact: "FirstName" },
  { property: "phone", lead: "Phone", contact: "Phone" },
  { property: "jobtitle", lead: "Title", contact: "Title" },
  { property: "city", lead: "City", contact: "MailingCity" },
] as const;
export type FieldName = (typeof FIELDS)[number]["property"];

type Edit = { value: string | null; second: number };
type FieldLog = { hubspot: Edit | null; salesforce: Edit | null };

/** One person of the history, on whichever sides it stands. */
export type Person = {
  key: string;
  email: string;
  hubspotId: string | null;
  salesforceId: string | null;
  type: "Lead" | "Contact";
  /** Gone on a side, merged away, or in trouble that decides for itself: values are not judged any more */
  isJudged: boolean;
  /** The last person's edit of any field in Salesforce: LastModifiedDate is one per record */
  salesforceEditedAt: number;
  fields: Record<FieldName, FieldLog>;
};

export class EditLog {
  readonly people: Person[] = [];
  /** The sandboxes' clock, in seconds; every act moves it on, so that no two edits are simultaneous */
  second = 0;
  /** When a sync last ended with nothing left to do and no fault in between */
  lastCleanSecond = -1;

  addPerson(email: string): Person {
    const empty = (): FieldLog => ({ hubspot: null, salesforce: null });
    const person: Person = {
      key: `p${this.people.length}`,
      email,
      hubspotId: null,
      salesforceId: null,
      type: "Lead",
      isJudged: true,
      salesforceEditedAt: -1,
      fields: { firstname: empty(), phone: empty(), jobtitle: empty(), city: empty() },
    };
    this.people.push(person);
    return person;
  }

  /**
   * Whether clearing the field is an edit: it holds a value on both sides since a clean sync. A blank before the first
   * sync erases nothing (spec F8), and what is blank already cannot be cleared.
   */
  mayClear(person: Person, name: FieldName): boolean {
    const { hubspot, salesforce } = person.fields[name];
    const newest = Math.max(hubspot?.second ?? -1, salesforce?.second ?? -1);
    const isKnownOnBoth = person.hubspotId !== null && person.salesforceId !== null;
    return (
      isKnownOnBoth && newest >= 0 && this.lastCleanSecond > newest && !this.allowedValues(person, name).includes(null)
    );
  }

  /** What was done to a person, for the message of a violation. */
  tell(person: Person): string {
    return this.told
      .filter(({ key }) => key === person.key)
      .map(({ text }) => text)
      .join(" · ");
  }

  private readonly told: { key: string; text: string }[] = [];

  noteAct(person: Person, text: string): void {
    this.told.push({ key: person.key, text: `${this.second}s ${text}` });
  }

  noteEdit(person: Person, side: "hubspot" | "salesforce", values: Partial<Record<FieldName, string | null>>): void {
    this.noteAct(person, `${side} ${JSON.stringify(values)}`);
    for (const [name, value] of Object.entries(values)) {
      person.fields[name as FieldName][side] = { value: value ?? null, second: this.second };
    }
    if (side === "salesforce") person.salesforceEditedAt = this.second;
  }

  /**
   * The values that a Two-way field may end with. The newest edit stands (spec F3); Salesforce keeps one time per
   * record, so that a later edit of another field there may make its older value win a conflict.
   */
  allowedValues(person: Person, name: FieldName): (string | null)[] {
    const { hubspot, salesforce } = person.fields[name];
    if (!hubspot || !salesforce) return [(hubspot ?? salesforce)?.value ?? null];
    if (salesforce.second >= hubspot.second) return [salesforce.value];
    const wasSettledBetween = this.lastCleanSeconds.some((at) => at >= salesforce.second && at < hubspot.second);
    const isNewest = hubspot.second > person.salesforceEditedAt;
    return isNewest || wasSettledBetween ? [hubspot.value] : [hubspot.value, salesforce.value];
  }

  private readonly lastCleanSeconds: number[] = [];

  /** Called after a sync that left nothing due while no fault was set. */
  noteClean(): void {
    for (const person of this.people) this.noteAct(person, "clean sync");
    this.lastCleanSeconds.push(this.second);
    this.lastCleanSecond = this.second;
  }
}
