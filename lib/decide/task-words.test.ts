import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideRecord } from "./decide-record";
import { findMappedChanges } from "./find-due";
import { type Base, emptySchemas, type FieldSchema, type SyncSettings, type Values } from "./record-types";
import { TASK_MAPPINGS, TASK_PRIORITIES, TASK_STATUSES } from "./task-mappings";
import { matchPriorities, matchStatuses, type TaskWords, withTaskWords } from "./task-words";

const status = (value: string, isClosed = false, isDefault = false) => ({ value, label: value, isClosed, isDefault });
const priority = (value: string, isHigh = false, isDefault = false) => ({ value, label: value, isHigh, isDefault });
const statuses = (...words: TaskWords["statuses"]) => ({ statuses: words, priorities: [] });
const priorities = (...words: TaskWords["priorities"]) => ({ statuses: [], priorities: words });

const HUBSPOT_STATUSES = ["NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "DEFERRED"];
const HUBSPOT_PRIORITIES = ["NONE", "LOW", "MEDIUM", "HIGH"];

describe("A2: an org's own words for a task's status and priority", () => {
  it("A2, D39: an org with the standard words has the standard pairs", () => {
    const standard = Object.values(TASK_STATUSES).map((word) => status(word, word === "Completed"));
    expect(matchStatuses(statuses(...standard))).toMatchObject({ toSalesforce: TASK_STATUSES, standIns: {} });
    const found = matchPriorities(priorities(priority("High", true), priority("Normal", false, true), priority("Low")));
    const { NONE: _, ...named } = TASK_PRIORITIES;
    expect(found).toEqual({
      toSalesforce: named,
      toHubSpot: { High: "HIGH", Normal: "MEDIUM", Low: "LOW" },
      standIns: { NONE: "MEDIUM" },
    });
  });

  it("A2: Japanese words are known, by value or by label", () => {
    const found = matchStatuses(
      statuses(
        status("未着手", false, true),
        { ...status("s2"), label: "進行中" },
        status("完了", true),
        status("延期"),
      ),
    );
    expect(found.toSalesforce).toEqual({
      NOT_STARTED: "未着手",
      IN_PROGRESS: "s2",
      COMPLETED: "完了",
      DEFERRED: "延期",
    });
    expect(found.standIns).toEqual({ WAITING: "NOT_STARTED" });
  });

  it("A2: words that nobody knows go by what they are: closed, open, urgent", () => {
    const found = matchStatuses(
      statuses(status("確認中"), status("これから", false, true), status("没", true), status("済", true, false)),
    );
    expect(found.toSalesforce).toEqual({ NOT_STARTED: "これから", COMPLETED: "没" });
    expect(found.toHubSpot).toEqual({
      確認中: "NOT_STARTED",
      これから: "NOT_STARTED",
      没: "COMPLETED",
      済: "COMPLETED",
    });
    expect(found.standIns).toEqual({ IN_PROGRESS: "NOT_STARTED", WAITING: "NOT_STARTED", DEFERRED: "NOT_STARTED" });
    const urgent = matchPriorities(priorities(priority("特急", true), priority("急", true, true), priority("並")));
    expect(urgent.toSalesforce).toEqual({ MEDIUM: "並", HIGH: "急" });
    expect(urgent.standIns).toEqual({ LOW: "MEDIUM", NONE: "MEDIUM" });
  });

  it("A2: without a word for a new task the org's own start stands for it", () => {
    const found = matchStatuses(
      statuses(status("Deferred"), status("In Progress", false, true), status("Completed", true)),
    );
    expect(found.standIns).toEqual({ NOT_STARTED: "IN_PROGRESS", WAITING: "IN_PROGRESS" });
  });

  it("F11: what people mapped by hand goes first, as far as the org has it", () => {
    const words = statuses(status("未着手", false, true), status("保留"), status("没", true), status("完了", true));
    const own = { WAITING: "保留", COMPLETED: "没", IN_PROGRESS: "In Progress" };
    expect(matchStatuses(words, own)).toMatchObject({
      toSalesforce: { NOT_STARTED: "未着手", WAITING: "保留", COMPLETED: "没" },
      toHubSpot: { 完了: "COMPLETED", 没: "COMPLETED" },
      standIns: { IN_PROGRESS: "NOT_STARTED", DEFERRED: "NOT_STARTED" },
    });
    const [custom] = withTaskWords([{ ...mappingOf("task-status"), salesforceField: "Stage__c" }], words);
    expect(custom?.valueMap).toBe(TASK_STATUSES);
    expect(withTaskWords([...TASK_MAPPINGS], null)).toEqual(TASK_MAPPINGS);
    expect(withTaskWords([...TASK_MAPPINGS], { statuses: [], priorities: [] })).toEqual(TASK_MAPPINGS);
  });
});

function mappingOf(id: string) {
  const mapping = TASK_MAPPINGS.find((one) => one.id === id);
  if (!mapping) throw new Error(`no mapping ${id}`);
  return mapping;
}

/** Words that are known, words that are not, and words that say the opposite of what they are. */
const name = fc.constantFrom(
  "Not Started",
  "In Progress",
  "Completed",
  "完了",
  "未着手",
  "確認中",
  "High",
  "低",
  "並",
  "A",
);
const anyStatuses = fc.uniqueArray(
  fc.record({ value: name, label: name, isClosed: fc.boolean(), isDefault: fc.boolean() }),
  { minLength: 1, maxLength: 6, selector: ({ value }) => value },
);
const anyPriorities = fc.uniqueArray(
  fc.record({ value: name, label: name, isHigh: fc.boolean(), isDefault: fc.boolean() }),
  { minLength: 1, maxLength: 5, selector: ({ value }) => value },
);
const ownMap = (keys: string[]) => fc.dictionary(fc.constantFrom(...keys), name, { maxKeys: 3 });

describe("D39: laws of an org's own words", () => {
  it("D39: every word of both sides has a meaning, and what goes over comes back as itself", () => {
    fc.assert(
      fc.property(anyStatuses, ownMap(HUBSPOT_STATUSES), (words, own) => {
        const { toSalesforce, toHubSpot, standIns } = matchStatuses(statuses(...words), own);
        for (const { value } of words) expect(HUBSPOT_STATUSES).toContain(toHubSpot[value]);
        for (const [hubspot, salesforce] of Object.entries(toSalesforce)) expect(toHubSpot[salesforce]).toBe(hubspot);
        for (const hubspot of HUBSPOT_STATUSES) {
          const seen = toSalesforce[hubspot] === undefined ? standIns[hubspot] : hubspot;
          expect(toSalesforce[seen ?? ""]).toBeDefined();
          expect(hubspot in toSalesforce && hubspot in standIns).toBe(false);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it("D39: completed is closed and everything else is open, wherever the org has both; the same for urgent", () => {
    fc.assert(
      fc.property(anyStatuses, anyPriorities, (words, ranks) => {
        const table = matchStatuses(statuses(...words));
        const writtenFor = (hubspot: string) => table.toSalesforce[table.standIns[hubspot] ?? hubspot];
        const isClosed = (value: string | undefined) => words.find((word) => word.value === value)?.isClosed;
        for (const word of words) expect(table.toHubSpot[word.value] === "COMPLETED").toBe(word.isClosed);
        if (new Set(words.map((word) => word.isClosed)).size === 2)
          for (const hubspot of HUBSPOT_STATUSES) expect(isClosed(writtenFor(hubspot))).toBe(hubspot === "COMPLETED");
        const rank = matchPriorities(priorities(...ranks));
        const high = ranks.filter((one) => one.isHigh).map((one) => one.value);
        if (high.length > 0) expect(high).toContain(rank.toSalesforce[rank.standIns.HIGH ?? "HIGH"]);
      }),
      { numRuns: 5_000 },
    );
  });

  it("D39, F7: whatever is edited on either side, one write settles it and nothing is written over and over", () => {
    const edit = fc.oneof(
      fc.record({ side: fc.constant("hubspot" as const), pick: fc.nat(), field: fc.nat(1) }),
      fc.record({ side: fc.constant("salesforce" as const), pick: fc.nat(), field: fc.nat(1) }),
    );
    fc.assert(
      fc.property(anyStatuses, anyPriorities, fc.array(edit, { maxLength: 8 }), (words, ranks, edits) => {
        const task = new PairedTask({ statuses: words, priorities: ranks });
        task.settle();
        for (const { side, pick, field } of edits) {
          const names = task.choices[side][field] ?? [];
          task.edit(side, field, names[pick % names.length] ?? "");
          task.settle();
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

const FIELDS = [
  ["hs_task_status", "Status"],
  ["hs_task_priority", "Priority"],
] as const;

/** One task on both sides, synced by the decision that really decides. */
class PairedTask {
  readonly choices: { hubspot: string[][]; salesforce: string[][] };
  private readonly settings: SyncSettings;
  private hubspot: Values = { hs_task_status: "WAITING", hs_task_priority: "" };
  private salesforce: Values;
  private base: Base | null = null;

  constructor(words: TaskWords) {
    const [ofStatus, ofPriority] = [words.statuses, words.priorities].map((list) => list.map(({ value }) => value));
    this.choices = {
      hubspot: [HUBSPOT_STATUSES, ["", ...HUBSPOT_PRIORITIES]],
      salesforce: [ofStatus ?? [], ofPriority ?? []],
    };
    this.salesforce = { Status: ofStatus?.[0] ?? "", Priority: ofPriority?.[0] ?? "" };
    this.settings = settingsFor(words);
  }

  edit(side: "hubspot" | "salesforce", field: number, value: string): void {
    const name = FIELDS[field]?.[side === "hubspot" ? 0 : 1] ?? "";
    this[side] = { ...this[side], [name]: value };
  }

  /** Syncs once; a second sync must find nothing to do, and what was written is a word of the other side. */
  settle(): void {
    const first = this.sync();
    if (first.hubspot?.hs_task_status !== undefined) expect(HUBSPOT_STATUSES).toContain(first.hubspot.hs_task_status);
    if (first.salesforce?.Status !== undefined) expect(this.choices.salesforce[0]).toContain(first.salesforce.Status);
    if (first.salesforce?.Priority !== undefined)
      expect(this.choices.salesforce[1]).toContain(first.salesforce.Priority);
    expect(this.sync()).toEqual({ hubspot: undefined, salesforce: undefined });
    for (const side of ["hubspot", "salesforce"] as const)
      expect(
        findMappedChanges(side, "Task", this[side], this.base ?? { hubspot: {}, salesforce: {} }, this.settings),
      ).toEqual([]);
  }

  private sync(): { hubspot: Values | undefined; salesforce: Values | undefined } {
    const decision = decideRecord(
      {
        hubspot: { id: "1", values: this.hubspot, modifiedAt: 2_000 },
        salesforce: { id: "00T1", type: "Task", values: this.salesforce, modifiedAt: 1_000 },
        base: this.base,
        partnerTaken: false,
        missing: null,
        hubspotEditTimes: { hs_task_status: 2_000, hs_task_priority: 2_000 },
      },
      this.settings,
    );
    if (decision.kind !== "plan") throw new Error(decision.kind);
    const written = { hubspot: decision.hubspot?.values, salesforce: decision.salesforce?.values };
    this.hubspot = { ...this.hubspot, ...written.hubspot };
    this.salesforce = { ...this.salesforce, ...written.salesforce };
    this.base = { hubspot: this.hubspot, salesforce: this.salesforce };
    return written;
  }
}

function settingsFor(words: TaskWords): SyncSettings {
  const picklist = (field: string, values: string[]): FieldSchema => ({
    name: field,
    label: field,
    kind: "picklist",
    remoteType: "picklist",
    readOnly: false,
    calculated: false,
    options: values.map((value) => ({ value, label: value, active: true })),
  });
  const table = (fields: FieldSchema[]) => Object.fromEntries(fields.map((one) => [one.name, one]));
  const valuesOf = (list: { value: string }[]) => list.map(({ value }) => value);
  return {
    object: "task",
    connectionActive: true,
    objectSyncOn: true,
    creation: { toHubSpot: { Task: "create" }, toSalesforce: "Task", defaults: {} },
    mappings: withTaskWords([mappingOf("task-status"), mappingOf("task-priority")], words),
    schemas: {
      ...emptySchemas(),
      hubspot: table([picklist("hs_task_status", HUBSPOT_STATUSES), picklist("hs_task_priority", HUBSPOT_PRIORITIES)]),
      Task: table([picklist("Status", valuesOf(words.statuses)), picklist("Priority", valuesOf(words.priorities))]),
    },
    hubspotOwners: {},
    salesforceUsers: {},
    activity: { language: "ja", timeZone: "Asia/Tokyo", toSalesforce: { task: 0 }, toHubSpot: 0 },
  };
}
