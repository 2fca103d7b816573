import { readConnection } from "@/lib/store/connections";
import { getAccessSettings } from "./access-settings";

/** Where the Salesforce org of a connection signs in: as somebody chose when connecting, else as the server is set. */
export async function readLoginUrl(connectionId: string): Promise<string> {
  const connection = await readConnection(connectionId);
  return connection?.salesforceLoginUrl ?? getAccessSettings().salesforce.loginUrl;
}
