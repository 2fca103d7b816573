const SALESFORCE_HOSTS = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.(?:salesforce\.com|force\.com)$/;

/**
 * The address of an org as it may be called, without trailing slash, or null when it must not be: tokens go there, so
 * only Salesforce's own hosts over https are taken, or the very origin that the operator set as SALESFORCE_LOGIN_URL.
 */
export function acceptInstanceUrl(instanceUrl: string, loginUrl: string): string | null {
  if (!URL.canParse(instanceUrl) || !URL.canParse(loginUrl)) return null;
  const url = new URL(instanceUrl);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return null;
  if (url.pathname !== "/") return null;
  const isOwnLoginHost = url.origin === new URL(loginUrl).origin;
  const isSalesforce = url.protocol === "https:" && url.port === "" && SALESFORCE_HOSTS.test(url.hostname);
  return isOwnLoginHost || isSalesforce ? url.origin : null;
}

/** The two shared hosts, and an org's own domain: acme.my.salesforce.com, acme--uat.sandbox.my.salesforce.com. */
const LOGIN_HOSTS = /^(?:(?:login|test)|[a-z0-9-]+(?:\.[a-z0-9-]+)?\.my)\.salesforce\.com$/;

/**
 * Where somebody wants to sign in, as they typed it (a host or an address), as an origin; null when it is no place where
 * Salesforce signs people in, because the client secret goes there. The operator's own SALESFORCE_LOGIN_URL always is.
 */
export function acceptLoginUrl(typed: string, serverLoginUrl: string): string | null {
  const text = typed.trim().toLowerCase();
  const server = new URL(serverLoginUrl);
  if (text === server.host || text === server.origin) return server.origin;
  const address = /^https?:\/\//.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, username, password } = new URL(address);
  if (protocol !== "https:" || port !== "" || username !== "" || password !== "") return null;
  return LOGIN_HOSTS.test(hostname) ? `https://${hostname}` : null;
}
