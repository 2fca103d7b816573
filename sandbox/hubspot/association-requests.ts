import { z } from "zod";
import { listAssociations } from "./associate";
import type { AssociationType } from "./association-types";
import type { RecordRef } from "./change-feed";
import { HubSpotError, validationError } from "./errors";
import type { ObjectType } from "./object-types";
import { singularOf } from "./object-types";
import type { CrmRecord } from "./record";
import type { HubSpotState } from "./state";

export const recordIdSchema = z.union([z.string(), z.number()]).transform(String);
export const associationSpecSchema = z.object({
  associationCategory: z.string(),
  associationTypeId: z.coerce.number().int(),
});
/** What a creation may carry: other records with the kinds that lead there. */
export const associationsSchema = z
  .array(z.object({ to: z.object({ id: recordIdSchema }), types: z.array(associationSpecSchema).min(1) }))
  .nullish();
type AssociationInput = NonNullable<z.output<typeof associationsSchema>>[number];
export type WantedAssociation = { to: RecordRef; kinds: AssociationType[] };

/** Finds out which object type the kinds of one input lead to, and that the record is there. Throws 400. */
function readWanted(state: HubSpotState, from: ObjectType, { to, types }: AssociationInput): WantedAssociation {
  const [first] = types;
  const target = state
    .listTypes()
    .find((type) =>
      state.associations.types
        .listBetween(from, type)
        .some((kind) => kind.typeId === first?.associationTypeId && kind.category === first.associationCategory),
    );
  if (!target) {
    throw validationError(
      `Association type with category ${first?.associationCategory} and id ${first?.associationTypeId} doesn't exist for ${from.typeId}.`,
      { subCategory: "crm.associations.INVALID_ASSOCIATION_TYPE" },
    );
  }
  const kinds = types.map((type) =>
    state.associations.types.get(from, target, type.associationCategory, type.associationTypeId),
  );
  const record = state.storeOf(target).resolve(to.id);
  if (!record) {
    throw new HubSpotError(404, {
      status: "error",
      message: `The following object IDs are invalid or do not exist: [${to.id}]`,
      category: "OBJECT_NOT_FOUND",
      subCategory: "crm.associations.INVALID_OBJECT_IDS",
      context: { objectIds: [to.id], objectType: [target.label] },
    });
  }
  return { to: { type: target, id: record.id }, kinds };
}

/** Checks the associations that a creation carries. Throws 400 or 404 before anything is written. */
export function readAssociations(
  state: HubSpotState,
  from: ObjectType,
  inputs: readonly AssociationInput[] | null | undefined,
): WantedAssociation[] {
  return (inputs ?? []).map((input) => readWanted(state, from, input));
}

/** At most this many associated records come along with a read; the rest is paged. */
const MAX_ALONG = 500;

/** The `associations` part of a read: by plural name, one entry per kind, in the old `contact_to_company` words. */
export function formatAssociations(
  state: HubSpotState,
  type: ObjectType,
  record: CrmRecord,
  asked: readonly string[],
): Record<string, unknown> | undefined {
  const parts: Record<string, unknown> = {};
  for (const spelling of asked) {
    const other = state.findStore(spelling)?.type;
    if (!other) throw validationError(`Unable to infer object type from: ${spelling}`);
    const links = listAssociations(state, { type, id: record.id }, other).slice(0, MAX_ALONG);
    if (links.length === 0) continue;
    const name = `${singularOf(type)}_to_${singularOf(other)}`;
    const results = links.flatMap(({ id, types }) =>
      types.map((kind) => ({ id, type: nameOfKind(name, kind, types.length > 1) })),
    );
    parts[other.name] = { results };
  }
  return Object.keys(parts).length > 0 ? parts : undefined;
}

/** The primary kind is plain `contact_to_company`; beside a label the plain kind is `…_unlabeled`. */
export function nameOfKind(name: string, { label }: AssociationType, hasOthers: boolean): string {
  if (label === null) return hasOthers ? `${name}_unlabeled` : name;
  return label === "Primary" ? name : label.toLowerCase().replaceAll(" ", "_");
}
