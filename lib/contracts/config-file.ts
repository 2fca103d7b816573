import { z } from "zod";
import { mappedObjectSchema, mappingInputSchema } from "./mappings";
import { settingsSchema } from "./settings";

const mapping = z.strictObject(mappingInputSchema.omit({ object: true }).shape);

/** Settings and mappings as one file that people read and keep under version control (spec X5). */
export const configFileSchema = z.strictObject({
  /** Version of this form */
  kakehashi: z.literal(1),
  /** Where it was exported; ids of lists, owners, campaigns and stages hold only there */
  from: z.strictObject({ hubspot: z.string().nullable(), salesforce: z.string().nullable() }),
  /** What is left out stays as it is */
  settings: z.strictObject(settingsSchema.partial().shape),
  /** An object that is left out stays as it is; a mapping that is left out of its object goes */
  mappings: z.partialRecord(mappedObjectSchema, z.array(mapping)),
});
export type ConfigFile = z.output<typeof configFileSchema>;
export type ConfigMapping = z.output<typeof mapping>;

/** POST /api/config/diff: what importing the file would change; changes nothing. */
export const configPreviewSchema = z.object({
  /** "settings.company.on", "mappings.contact.email.rule"; what is missing on one side was not there or goes */
  changes: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })),
  /** Settings that are left out because the file comes from another portal or org */
  skipped: z.array(z.string()),
  /** With any of these nothing is applied */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
  /** What the comparison was made with; importing asks for it */
  basis: z.string(),
});
export type ConfigPreview = z.infer<typeof configPreviewSchema>;

/** POST /api/config: imports what the diff showed (409 changed_meanwhile when somebody changed something since). */
export const configImportSchema = z.strictObject({ file: configFileSchema, basis: z.string().min(1).max(200) });
export const configImportedSchema = z.object({
  applied: z.number().int().nonnegative(),
  /** What was refused on the way, with the reason; the rest is in force */
  failed: z.array(z.string()),
});
