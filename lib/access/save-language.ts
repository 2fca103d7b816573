import { saveUserLanguage } from "@/lib/store/auth-adapter";

/** Remembers the page language of a person. */
export async function saveLanguage(userId: string, language: "en" | "ja"): Promise<void> {
  await saveUserLanguage(userId, language);
}
