/** What sign-in and token keeping need of the settings; lib/server hands it over once per process. */
export type AccessSettings = {
  /** Newest first: the first one encrypts, all of them decrypt. 32 bytes each. */
  encryptionKeys: readonly [EncryptionKey, ...EncryptionKey[]];
  /** Address of the app without trailing slash; OAuth redirects are built from it. */
  publicUrl: string;
  /** Secret of the sign-in cookies; undefined: derived from the newest encryption key. */
  authSecret: string | undefined;
  hubspot: { apiUrl: string; authorizeUrl: string; clientId: string | undefined; clientSecret: string | undefined };
  salesforce: { loginUrl: string; clientId: string | undefined; clientSecret: string | undefined };
  firstAdmin: { email: string; password: string; apiKey: string | undefined } | undefined;
};

export type EncryptionKey = { id: string; key: Uint8Array };

// On globalThis, because Next.js loads this module once per bundle and the start code runs in only one of them.
const holder = globalThis as typeof globalThis & { kakehashiAccess?: AccessSettings };

export function configureAccess(settings: AccessSettings): void {
  holder.kakehashiAccess = settings;
}

/** @throws Error when the process did not call configureAccess first, which is a bug. */
export function getAccessSettings(): AccessSettings {
  if (!holder.kakehashiAccess) throw new Error("configureAccess() has not been called in this process.");
  return holder.kakehashiAccess;
}
