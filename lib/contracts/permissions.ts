import { z } from "zod";
import { SALESFORCE_TYPES } from "@/lib/decide/record-types";

const verdict = z.enum(["granted", "missing", "not_needed"]);
const count = z.number().int().nonnegative();

/** One right that is needed and not granted; worded in messages under `permissions.rights.<right>` */
export const missingRightSchema = z.object({
  side: z.enum(["hubspot", "salesforce"]),
  /** "Lead", "Account"; of HubSpot "contact", "lists" */
  object: z.string(),
  field: z.string().nullable(),
  fieldLabel: z.string().nullable(),
  /** The mapping that needs the field; null: our own id field */
  hubspotProperty: z.string().nullable(),
  right: z.enum(["read", "create", "edit", "delete", "see_field", "edit_field", "id_field", "scope"]),
  /** HubSpot's name of the permission */
  scope: z.string().nullable(),
});
export type MissingRight = z.infer<typeof missingRightSchema>;

/** GET /api/connection/permissions: asks both systems anew (spec X9); changes nothing. Sides that are not connected are null. */
export const permissionsSchema = z.object({
  checkedAt: z.iso.datetime(),
  hubspot: z.object({ granted: z.array(z.string()), needed: count }).nullable(),
  salesforce: z
    .object({
      /** Only objects that something travels to or from with the settings as they are */
      objects: z.array(
        z.object({
          type: z.enum(SALESFORCE_TYPES),
          label: z.string(),
          rights: z.object({ read: verdict, create: verdict, edit: verdict, delete: verdict }),
          fields: count,
          fieldsMissing: count,
        }),
      ),
    })
    .nullable(),
  missing: z.array(missingRightSchema),
});
export type Permissions = z.infer<typeof permissionsSchema>;
