import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import type { FieldDef } from "./schema";
import { formatStamp } from "./stamps";
import type { OrgState } from "./state";
import type { Row } from "./table";

const valueSchema = z.strictObject({
  value: z.string().min(1).max(255),
  /** What people see; the value itself where nothing is said */
  label: z.string().min(1).max(255).optional(),
  isDefault: z.boolean().default(false),
});
const restricted = z.boolean().default(false);

type Value = z.output<typeof valueSchema>;

function fieldOf(state: OrgState, name: "Status" | "Priority"): FieldDef {
  const field = state.schema.findObject("Task")?.findField(name);
  if (!field) throw new ActError(`Task has no field ${name}`);
  return field;
}

/** A state that an older version of this server saved knows the standard values only. */
export function isClosedStatus(state: OrgState, status: unknown): boolean {
  return (fieldOf(state, "Status").closed ?? ["Completed"]).includes(String(status));
}

export function isHighPriority(state: OrgState, priority: unknown): boolean {
  return (fieldOf(state, "Priority").high ?? ["High"]).includes(String(priority));
}

/** What a person means by "done" here. */
export function firstClosedStatus(state: OrgState): string {
  return (fieldOf(state, "Status").picklist ?? []).find((value) => isClosedStatus(state, value)) ?? "Completed";
}

/** The rows of TaskStatus or TaskPriority; undefined for any other object. */
export function makeTaskPicklistRows(state: OrgState, object: string): Row[] | undefined {
  if (object !== "TaskStatus" && object !== "TaskPriority") return undefined;
  const field = fieldOf(state, object === "TaskStatus" ? "Status" : "Priority");
  const prefix = state.schema.findObject(object)?.keyPrefix ?? "";
  const stamp = formatStamp(state.schema.changedAt);
  return (field.picklist ?? []).map((value, index) => ({
    Id: `${prefix}${String(index + 1).padStart(12, "0")}AAA`,
    IsDeleted: false,
    MasterLabel: field.labels?.[value] ?? value,
    ApiName: value,
    SortOrder: index + 1,
    IsDefault: field.default === value,
    ...(object === "TaskStatus"
      ? { IsClosed: isClosedStatus(state, value) }
      : { IsHighPriority: isHighPriority(state, value) }),
    CreatedDate: stamp,
    CreatedById: state.adminId,
    LastModifiedDate: stamp,
    LastModifiedById: state.adminId,
    SystemModstamp: stamp,
  }));
}

function setValues(state: OrgState, field: FieldDef, values: Value[], isRestricted: boolean): void {
  const names = values.map(({ value }) => value);
  if (new Set(names).size < names.length) throw new ActError("a value stands there twice");
  field.picklist = names;
  field.labels = Object.fromEntries(
    values.flatMap(({ value, label }) => (label === undefined ? [] : [[value, label]])),
  );
  field.restricted = isRestricted;
  field.default = values.find(({ isDefault }) => isDefault)?.value ?? names[0] ?? "";
  state.schema.changedAt = state.clock.now();
  state.touch();
}

/** The acts by which an administrator gives tasks other statuses and priorities; records keep what they have. */
export function listTaskPicklistActs(state: OrgState): Record<string, ActDoor> {
  return {
    setTaskStatuses: defineAct(
      z.strictObject({
        values: z.array(valueSchema.extend({ isClosed: z.boolean().default(false) })).min(1),
        restricted,
      }),
      "Replaces the statuses of tasks (TaskStatus), in this order; one at least must be closed",
      (o) => {
        const closed = o.values.filter(({ isClosed }) => isClosed).map(({ value }) => value);
        if (closed.length === 0) throw new ActError("one status must be closed");
        const field = fieldOf(state, "Status");
        setValues(state, field, o.values, o.restricted);
        field.closed = closed;
      },
    ),
    setTaskPriorities: defineAct(
      z.strictObject({
        values: z.array(valueSchema.extend({ isHigh: z.boolean().default(false) })).min(1),
        restricted,
      }),
      "Replaces the priorities of tasks (TaskPriority), in this order",
      (o) => {
        const field = fieldOf(state, "Priority");
        setValues(state, field, o.values, o.restricted);
        field.high = o.values.filter(({ isHigh }) => isHigh).map(({ value }) => value);
      },
    ),
  };
}
