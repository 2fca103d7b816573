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
