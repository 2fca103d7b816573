const YEAR_S = 365 * 24 * 3600;

/** A plain preference cookie (language, theme) for one year, readable by the server so that the first paint is right. */
export function writeCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain-http hosts
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
