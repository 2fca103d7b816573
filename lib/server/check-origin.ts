import { trustedOrigins } from "@/lib/access/auth";
import { Refusal } from "./problem";

/**
 * A change asked for with a cookie must come from our own pages. Browsers send Sec-Fetch-Site and, on every change,
 * Origin; a request with a cookie and neither is refused (OWASP cross-site request forgery, "verifying origin").
 * @throws Refusal wrong_origin
 */
export function checkOrigin(headers: Headers, publicUrl: string): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null && site !== "same-origin") throw new Refusal("wrong_origin");
  if (origin !== null && !trustedOrigins(publicUrl).includes(origin)) throw new Refusal("wrong_origin");
  if (site === null && origin === null) throw new Refusal("wrong_origin");
}
