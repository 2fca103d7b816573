import { readEnv } from "./env";

/** Origin of HubSpot's web app for links to records: where its authorize page is. */
export function linkBase(): { hubspotAppUrl: string } {
  return { hubspotAppUrl: new URL(readEnv().hubspot.authorizeUrl).origin };
}
