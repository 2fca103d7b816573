export type PlaceKind = "production" | "sandbox" | "domain" | "server";

/** Where all production orgs, and all sandboxes, sign in. */
export const PLACE_HOSTS = { production: "login.salesforce.com", sandbox: "test.salesforce.com" } as const;

/** What a host stands for; what is neither Salesforce's own nor the one that the server is set to is an org's domain. */
export function kindOfPlace(host: string, serverHost: string | null): PlaceKind {
  if (host === PLACE_HOSTS.production) return "production";
  if (host === PLACE_HOSTS.sandbox) return "sandbox";
  return host === serverHost ? "server" : "domain";
}

/** The places to choose from; the server's own only where it is none of the others. */
export function listPlaces(serverHost: string): PlaceKind[] {
  const usual: PlaceKind[] = ["production", "sandbox", "domain"];
  return kindOfPlace(serverHost, serverHost) === "server" ? [...usual, "server"] : usual;
}

/** Sandboxes sign in at one host for all, or at a domain that says so. */
export function isSandboxHost(host: string): boolean {
  return host === PLACE_HOSTS.sandbox || host.endsWith(".sandbox.my.salesforce.com");
}
