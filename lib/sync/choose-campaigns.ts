import type { CampaignChoices, FormChoices } from "@/lib/contracts/campaigns";
import { saveSources } from "@/lib/store/event-sources";
import { readCurrentConnection } from "./current-connection";
import { openCrms } from "./open-crms";

/**
 * K1: the forms that can be tied to a campaign, by name.
 * @throws CrmCallError when HubSpot cannot be asked.
 */
export async function listForms(): Promise<FormChoices | "not_connected"> {
  const connection = await readCurrentConnection();
  if (!connection.accounts.hubspot) return "not_connected";
  const { hubspot } = await openCrms(connection.id);
  const forms = await hubspot.events.listForms();
  await saveSources(
    connection.id,
    "form",
    forms.map(({ id, name }) => ({ id, name, subject: "" })),
  );
  return { forms: forms.toSorted((a, b) => a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1)) };
}

/**
 * K1: the campaigns that a form can be tied to, with their member statuses.
 * @throws CrmCallError when Salesforce cannot be asked.
 */
export async function listCampaigns(): Promise<CampaignChoices | "not_connected"> {
  const connection = await readCurrentConnection();
  if (!connection.accounts.salesforce) return "not_connected";
  const { salesforce } = await openCrms(connection.id);
  const campaigns = await salesforce.campaigns.list();
  return { campaigns: campaigns.map((campaign) => ({ ...campaign, statuses: [...campaign.statuses] })) };
}
