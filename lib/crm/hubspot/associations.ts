import { z } from "zod";
import { mapLimited, splitIntoBatches } from "../batches";
import { type AssociatedRecord, CrmCallError, type HubSpotObject } from "../face";
import type { CallHubSpot } from "./call";
import { associationPaths } from "./paths";
import { errorSchema, translateErrorBody } from "./translate-failure";

/** HubSpot's largest association read. */
const READ_SIZE = 1_000;
const CALLS_AT_ONCE = 2;

const idSchema = z.union([z.string(), z.number()]).transform(String);
const readSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      from: z.looseObject({ id: idSchema }),
      // A number on v4, a string on the date-based paths.
      to: z.array(
        z.looseObject({ toObjectId: idSchema, associationTypes: z.array(z.looseObject({ typeId: z.number() })) }),
      ),
      paging: z.looseObject({ next: z.looseObject({ after: z.string() }).nullish() }).nullish(),
    }),
  ),
  errors: z.array(errorSchema).nullish(),
});

type Input = { id: string; after?: string };

/** What each record is associated with; a record without any is absent. Throws CrmCallError. */
export async function readAssociations(
  call: CallHubSpot,
  from: HubSpotObject,
  to: HubSpotObject,
  ids: string[],
): Promise<Map<string, AssociatedRecord[]>> {
  const found = new Map<string, AssociatedRecord[]>();
  let inputs: Input[] = [...new Set(ids)].map((id) => ({ id }));
  while (inputs.length > 0) {
    const pages = await mapLimited(splitIntoBatches(inputs, READ_SIZE), CALLS_AT_ONCE, (batch) =>
      readPage(call, from, to, batch),
    );
    inputs = [];
    for (const { from: record, to: others, paging } of pages.flat()) {
      const own = others.map((o) => ({ id: o.toObjectId, typeIds: o.associationTypes.map((t) => t.typeId) }));
      found.set(record.id, [...(found.get(record.id) ?? []), ...own]);
      // A record with more than 500 associations comes in pages of its own.
      if (paging?.next) inputs.push({ id: record.id, after: paging.next.after });
    }
  }
  return found;
}

async function readPage(call: CallHubSpot, from: HubSpotObject, to: HubSpotObject, inputs: Input[]) {
  const { results, errors } = await call({
    method: "POST",
    path: associationPaths(from, to).batchRead,
    body: { inputs },
    isWrite: false,
    reply: readSchema,
  });
  const unexpected = errors?.find((error) => !isNothingFound(error.category, error.message));
  if (unexpected) throw new CrmCallError(translateErrorBody(unexpected, 200));
  return results;
}

/** HubSpot lists records without an association as errors. */
function isNothingFound(category: string | null | undefined, message: string): boolean {
  return category === "OBJECT_NOT_FOUND" || /no .* is associated|NO_ASSOCIATIONS_FOUND/i.test(`${category} ${message}`);
}
