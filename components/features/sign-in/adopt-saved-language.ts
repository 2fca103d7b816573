import { LOCALE_COOKIE } from "@/lib/browser/choose-locale";
import { writeCookie } from "@/lib/browser/write-cookie";

/** On a browser where no language was chosen yet, the one saved with the account. Never throws: the language must not stop a sign-in. */
export async function adoptSavedLanguage(): Promise<void> {
  if (document.cookie.includes(`${LOCALE_COOKIE}=`)) return;
  try {
    const { apiGet } = await import("@/lib/browser/api-client");
    const { language } = await apiGet("/api/me", () =>
      import("@/lib/contracts/connection").then((file) => file.meSchema),
    );
    // "en" also stands for "nothing saved", where the browser's own language is the better guess
    if (language !== "en") writeCookie(LOCALE_COOKIE, language);
  } catch {
    // The page that follows falls back to Accept-Language
  }
}
