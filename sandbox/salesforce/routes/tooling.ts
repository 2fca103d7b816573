import { z } from "zod";
import { addCustomField, nameMetadataType } from "../add-field";
import { badRequest, notFound } from "../errors";
import { makeId, normaliseId } from "../ids";
import { deleteMetadata } from "../metadata-calls";
import type { FieldDef, ObjectDef } from "../schema";
import type { OrgState } from "../state";
import { findBodyObject, type OrgApp, readJsonBody, sendEmpty, sendJson } from "./context";
import { handleQuery } from "./query";

const customField = z.looseObject({
  FullName: z.string(),
  Metadata: z.looseObject({
    type: z.string().optional(),
    label: z.string().optional(),
    length: z.number().optional(),
    precision: z.number().optional(),
    scale: z.number().optional(),
    externalId: z.boolean().optional(),
    unique: z.boolean().optional(),
    required: z.boolean().optional(),
    formula: z.string().optional(),
    referenceTo: z.string().optional(),
    relationshipName: z.string().optional(),
  }),
});

/** Tasks and events share the custom fields of their parent, which is no object that can be described or queried. */
const ACTIVITY = ["Task", "Event"];

/** The objects that get the custom fields of this one. Throws INVALID_TYPE. */
function findHolders(state: OrgState, object: string): ObjectDef[] {
  const names = object.toLowerCase() === "activity" ? ACTIVITY : [object];
  return names.map((name) => findBodyObject(state, name));
}

/** The field behind a Tooling API id. Throws 404 NOT_FOUND. */
function findById(state: OrgState, id: string): { fullName: string; def: ObjectDef; field: FieldDef } {
  const fullName = state.setup.fieldIds[normaliseId(id) ?? ""] ?? "";
  const [object = "", name = ""] = fullName.split(".");
  const def = state.schema.findObject(object === "Activity" ? "Task" : object);
  const field = def?.findField(name);
  if (!def || !field) throw notFound();
  return { fullName, def, field };
}

function mountOne(app: OrgApp, state: OrgState): void {
  const path = "/services/data/:version/tooling/sobjects/CustomField/:id";
  app.get(path, (c) => {
    const { fullName, def, field } = findById(state, c.req.param("id"));
    const Metadata = { label: field.label, type: nameMetadataType(field), length: field.length ?? null };
    const DeveloperName = field.name.replace(/__c$/, "");
    return sendJson({
      Id: normaliseId(c.req.param("id")),
      DeveloperName,
      TableEnumOrId: fullName.split(".")[0] ?? def.name,
      FullName: fullName,
      Metadata,
    });
  });
  app.patch(path, async (c) => {
    const { fullName } = findById(state, c.req.param("id"));
    const [object = "", fieldName = ""] = fullName.split(".");
    const parsed = customField.partial().safeParse(await readJsonBody(c));
    if (!parsed.success) throw badRequest("FIELD_INTEGRITY_EXCEPTION", "The Metadata cannot be read", ["Metadata"]);
    const { label, length } = parsed.data.Metadata ?? {};
    for (const def of findHolders(state, object)) {
      const field = def.findField(fieldName);
      if (field && label !== undefined) field.label = label;
      if (field && length !== undefined) field.length = length;
    }
    state.schema.changedAt = state.clock.now();
    state.touch();
    return sendEmpty();
  });
  app.delete(path, (c) => {
    const { fullName } = findById(state, c.req.param("id"));
    const [object = "", fieldName = ""] = fullName.split(".");
    for (const def of findHolders(state, object)) deleteMetadata(state, `${def.name}.${fieldName}`);
    delete state.setup.fieldIds[normaliseId(c.req.param("id")) ?? ""];
    return sendEmpty();
  });
}

/** The doors of the Tooling API that are kept: custom fields, and queries on the set-up objects. */
export function mountTooling(app: OrgApp, state: OrgState): void {
  mountOne(app, state);
  app.get("/services/data/:version/tooling/query", (c) => handleQuery(c, state, false));
  app.post("/services/data/:version/tooling/sobjects/CustomField", async (c) => {
    const parsed = customField.safeParse(await readJsonBody(c));
    if (!parsed.success)
      throw badRequest("REQUIRED_FIELD_MISSING", "Required fields are missing: [FullName, Metadata]", [
        "FullName",
        "Metadata",
      ]);
    const [object = "", name = ""] = parsed.data.FullName.split(".");
    if (name !== "" && !name.endsWith("__c")) {
      throw badRequest("FIELD_INTEGRITY_EXCEPTION", `Field name must end in '__c': ${name}`, ["FullName"]);
    }
    const holders = findHolders(state, object);
    const isShared = holders.length > 1;
    if (isShared && parsed.data.Metadata.unique) {
      throw badRequest("FIELD_INTEGRITY_EXCEPTION", "Custom fields of activities cannot be unique", ["Metadata"]);
    }
    for (const def of holders) addCustomField(state, def, name, parsed.data.Metadata);
    const id = makeId("00N", ++state.setup.tokenCounter);
    state.setup.fieldIds[id] = `${isShared ? "Activity" : (holders[0]?.name ?? object)}.${name}`;
    return sendJson({ id, success: true, errors: [], warnings: [], infos: [] }, 201);
  });
}
