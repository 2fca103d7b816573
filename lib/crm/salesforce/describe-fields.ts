import { z } from "zod";
import type { FieldKind, FieldSchema, ObjectSchema, SalesforceType } from "@/lib/decide/record-types";
import { CrmCallError } from "../face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";

const fieldSchema = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number().nullish(),
  calculated: z.boolean().nullish(),
  createable: z.boolean(),
  updateable: z.boolean(),
  nillable: z.boolean(),
  defaultedOnCreate: z.boolean().nullish(),
  restrictedPicklist: z.boolean().nullish(),
  externalId: z.boolean().nullish(),
  unique: z.boolean().nullish(),
  controllerName: z.string().nullish(),
  referenceTo: z.array(z.string()).nullish(),
  picklistValues: z
    .array(z.looseObject({ value: z.string(), label: z.string().nullish(), active: z.boolean() }))
    .nullish(),
});
export type SalesforceField = z.infer<typeof fieldSchema>;

const describeSchema = z.looseObject({ fields: z.array(fieldSchema) });

/** All fields of an object that our user may see. Throws CrmCallError; of an object that is hidden, as queries do. */
export async function listFieldsOf(
  call: CallSalesforce,
  paths: SalesforcePaths,
  type: SalesforceType,
): Promise<SalesforceField[]> {
  try {
    const reply = await call({ method: "GET", path: paths.describe(type), isWrite: false, reply: describeSchema });
    return reply.fields;
  } catch (error) {
    if (!(error instanceof CrmCallError) || error.failure.status !== 404) throw error;
    const message = `The connected user cannot see the object ${type}`;
    throw new CrmCallError({ ...error.failure, code: "INVALID_TYPE", message });
  }
}

/** The fields of Lead or Contact by name. Throws CrmCallError. */
export async function describeFields(
  call: CallSalesforce,
  paths: SalesforcePaths,
  type: SalesforceType,
): Promise<ObjectSchema> {
  const fields = await listFieldsOf(call, paths, type);
  const labels = new Map(fields.map((field) => [field.name, field.label]));
  return Object.fromEntries(fields.map((field) => [field.name, toFieldSchema(field, labels)]));
}

function toFieldSchema(field: SalesforceField, labels: ReadonlyMap<string, string>): FieldSchema {
  const kind = chooseKind(field);
  const isText = ["text", "longtext", "email", "phone", "url"].includes(kind);
  const hasOptions = kind === "picklist" || kind === "multipicklist";
  return {
    name: field.name,
    label: field.label,
    kind,
    remoteType: field.type,
    ...(isText && field.length ? { length: field.length } : {}),
    ...(hasOptions ? { options: readOptions(field), restricted: field.restrictedPicklist ?? false } : {}),
    ...(field.type === "percent" ? { percent: "whole" as const } : {}),
    readOnly: !field.updateable,
    calculated: field.calculated ?? false,
    required: !field.nillable && field.createable && !field.defaultedOnCreate,
    ...(field.controllerName ? { controlledBy: labels.get(field.controllerName) ?? field.controllerName } : {}),
  };
}

function readOptions(field: SalesforceField): { value: string; label: string; active: boolean }[] {
  const options = field.picklistValues ?? [];
  return options.map(({ value, label, active }) => ({ value, label: label ?? value, active }));
}

const KINDS: Record<string, FieldKind> = {
  string: "text",
  encryptedstring: "text",
  textarea: "longtext",
  email: "email",
  phone: "phone",
  url: "url",
  double: "number",
  int: "number",
  long: "number",
  currency: "number",
  percent: "number",
  boolean: "boolean",
  date: "date",
  datetime: "datetime",
  picklist: "picklist",
  combobox: "picklist",
  multipicklist: "multipicklist",
  id: "reference",
};

/** address, location, base64, time, anyType and whatever comes later are unsupported. */
function chooseKind(field: SalesforceField): FieldKind {
  if (field.type === "reference") return field.referenceTo?.includes("User") ? "owner" : "reference";
  return KINDS[field.type] ?? "unsupported";
}
