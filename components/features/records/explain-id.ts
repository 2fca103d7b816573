type AskedId = { hubspotId: string } | { salesforceId: string } | { email: string };

// HubSpot's never begin with 0, Salesforce's always do or hold letters.
const HUBSPOT = /^[1-9]\d{0,19}$/;
const SALESFORCE = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;
const HUBSPOT_ADDRESS = /\/record\/\d+-\d+\/(\d{1,20})/;
const SALESFORCE_ADDRESS = /\/(?:lightning\/r\/(?:\w+\/)?)?([a-zA-Z0-9]{18}|[a-zA-Z0-9]{15})(?:\/view)?\/?(?:[?#]|$)/;

const EMAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;

/**
 * The id in what somebody pasted: the id itself, the address of its page in HubSpot or Salesforce, or a person's email
 * address; null when there is none.
 */
export function readAskedId(pasted: string): AskedId | null {
  const text = pasted.trim();
  if (HUBSPOT.test(text)) return { hubspotId: text };
  if (SALESFORCE.test(text)) return { salesforceId: text };
  if (EMAIL.test(text)) return { email: text };
  if (!text.includes("/")) return null;
  const hubspotId = HUBSPOT_ADDRESS.exec(text)?.[1];
  if (hubspotId !== undefined) return { hubspotId };
  const salesforceId = SALESFORCE_ADDRESS.exec(text)?.[1];
  return salesforceId === undefined ? null : { salesforceId };
}
