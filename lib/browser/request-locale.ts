import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, LOCALE_COOKIE, type Locale } from "@/lib/browser/choose-locale";

/** One file per namespace in messages/<locale>/; the name of the file is the namespace. */
const NAMESPACES = [
  "shell",
  "ui",
  "states",
  "problems",
  "sign-in",
  "setup",
  "overview",
  "records",
  "record",
  "lists",
  "mappings",
  "inclusion",
  "activities",
  "owners",
  "campaigns",
  "stages",
  "schemas",
  "backfill",
  "health",
  "conflicts",
  "runs",
  "jobs",
  "connection",
  "permissions",
  "settings",
  "settings-form",
  "command",
  "errors",
  "reasons",
] as const;

async function loadMessages(locale: Locale) {
  const parts = await Promise.all(
    NAMESPACES.map(async (namespace) => {
      const file = (await import(`../../messages/${locale}/${namespace}.json`)) as { default: Record<string, unknown> };
      return [namespace, file.default] as const;
    }),
  );
  return Object.fromEntries(parts);
}

/** next-intl's per-request setting: language from the cookie (the person's own choice), else from Accept-Language. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get(LOCALE_COOKIE)?.value, head.get("accept-language"));
  // Times are shown in the browser's zone by format-time; this zone only silences server-side formatting.
  return { locale, timeZone: "UTC", messages: await loadMessages(locale) };
});
