import { z } from "zod";
import { addCustomField } from "../add-field";
import { badRequest } from "../errors";
import { makeId } from "../ids";
import type { OrgState } from "../state";
import { findBodyObject, type OrgApp, readJsonBody, sendJson } from "./context";

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
  }),
});

/** The one door of the Tooling API that is kept: making a custom field. */
export function mountTooling(app: OrgApp, state: OrgState): void {
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
    addCustomField(state, findBodyObject(state, object), name, parsed.data.Metadata);
    const id = makeId("00N", ++state.setup.tokenCounter);
    return sendJson({ id, success: true, errors: [], warnings: [], infos: [] }, 201);
  });
}
