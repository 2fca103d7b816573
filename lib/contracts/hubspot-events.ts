import { z } from "zod";

const id = z.coerce.number().int().optional().catch(undefined);
const word = z.coerce.string().max(200).optional().catch(undefined);

/** What HubSpot posts to a webhook: up to 100 events, in any order, some of them twice. Unknown parts are left out. */
export const hubspotEventsSchema = z.array(
  z.object({
    portalId: z.number().int(),
    subscriptionType: z.string().max(100),
    appId: id,
    objectId: id,
    objectTypeId: word,
    propertyName: word,
    changeSource: word,
    sourceId: word,
    primaryObjectId: id,
    mergedObjectIds: z.array(z.number().int()).max(1_000).optional().catch(undefined),
    newObjectId: id,
    associationType: word,
    fromObjectId: id,
    toObjectId: id,
    fromObjectTypeId: word,
    toObjectTypeId: word,
  }),
);
export type HubSpotEvents = z.output<typeof hubspotEventsSchema>;
