export const LOCALES = ["en", "ja"] as const;
export type Locale = (typeof LOCALES)[number];
export const LOCALE_COOKIE = "NEXT_LOCALE";

function isLocale(value: string | undefined): value is Locale {
  return value !== undefined && (LOCALES as readonly string[]).includes(value);
}

/** The cookie wins; else the best-weighted language of Accept-Language that we speak; else English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const weight = parameters.find((p) => p.trim().startsWith("q="));
      return { language: tag.split("-")[0]?.toLowerCase(), q: weight ? Number(weight.trim().slice(2)) : 1 };
    })
    .sort((a, b) => b.q - a.q);
  return wanted.map((w) => w.language).find(isLocale) ?? "en";
}
