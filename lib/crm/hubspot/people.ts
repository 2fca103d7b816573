import { z } from "zod";
import { nameOfPerson } from "@/lib/decide/person-name";
import type { CrmPerson } from "../face";
import type { CallHubSpot } from "./call";
import { HUBSPOT_PATHS } from "./paths";

const ownerSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
});
const ownersSchema = z.looseObject({
  results: z.array(ownerSchema),
  paging: z.looseObject({ next: z.looseObject({ after: z.string() }).nullish() }).nullish(),
});
const accountSchema = z.looseObject({
  portalId: z.union([z.string(), z.number()]).transform(String),
  timeZone: z.string().nullish(),
  companyCurrency: z.string().nullish(),
  additionalCurrencies: z.array(z.string()).nullish(),
});

/** All owners; archived ones come as inactive. Throws CrmCallError. */
export async function listOwners(call: CallHubSpot): Promise<CrmPerson[]> {
  return [...(await listPages(call, true)), ...(await listPages(call, false))];
}

async function listPages(call: CallHubSpot, active: boolean): Promise<CrmPerson[]> {
  const people: CrmPerson[] = [];
  let after: string | undefined;
  do {
    const page = await call({
      method: "GET",
      path: HUBSPOT_PATHS.owners,
      query: { limit: "100", archived: String(!active), ...(after === undefined ? {} : { after }) },
      isWrite: false,
      reply: ownersSchema,
    });
    for (const owner of page.results) people.push(toPerson(owner, active));
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return people;
}

function toPerson(owner: z.infer<typeof ownerSchema>, active: boolean): CrmPerson {
  const name = nameOfPerson(owner.firstName, owner.lastName);
  return { id: owner.id, email: owner.email ?? "", name: name || (owner.email ?? ""), active };
}

/** The portal; HubSpot's account details carry no company name, so that its number stands for it. */
export async function readAccount(
  call: CallHubSpot,
): Promise<{ portalId: string; name: string; timeZone: string; currency: string; furtherCurrencies: string[] }> {
  const account = await call({ method: "GET", path: HUBSPOT_PATHS.account, isWrite: false, reply: accountSchema });
  return {
    portalId: account.portalId,
    name: `HubSpot ${account.portalId}`,
    timeZone: account.timeZone ?? "UTC",
    currency: account.companyCurrency ?? "",
    furtherCurrencies: account.additionalCurrencies ?? [],
  };
}
