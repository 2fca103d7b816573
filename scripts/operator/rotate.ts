import { rotateKeys } from "@/lib/access/stored-tokens";
import { writeAudit } from "@/lib/access/write-audit";

/** `kakehashi rotate-keys`: every token is encrypted with the newest key, so that older ones can go. */
export async function rotate(by: string): Promise<void> {
  const changed = await rotateKeys();
  await writeAudit(by, "keys_rotated", null, { changed });
  console.log(
    changed === 0
      ? "All tokens are encrypted with the newest key already."
      : `${changed} sign-ins encrypted anew. Older keys can be taken out of KAKEHASHI_ENCRYPTION_KEYS once every process was restarted.`,
  );
}
