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
