import { type NextRequest, NextResponse } from "next/server";

const LOOPBACK = new Set(["localhost", "127.0.0.1"]);

/**
 * On one's own machine the app answers under two names, but cookies belong to one: pages move to the public one, so that
 * a sign-in begun under the other name does not end in "foreign state" on the way back from HubSpot or Salesforce.
 */
export function proxy(request: NextRequest): NextResponse {
  const publicUrl = process.env.KAKEHASHI_PUBLIC_URL || `http://localhost:${process.env.PORT || "3000"}`;
  const host = request.headers.get("host") ?? "";
  if (!URL.canParse(publicUrl) || !URL.canParse(`http://${host}`)) return NextResponse.next();
  const wanted = new URL(publicUrl);
  const asked = new URL(`http://${host}`);
  const isOtherName =
    asked.hostname !== wanted.hostname &&
    asked.port === wanted.port &&
    LOOPBACK.has(asked.hostname) &&
    LOOPBACK.has(wanted.hostname);
  if (!isOtherName || request.method !== "GET") return NextResponse.next();
  return NextResponse.redirect(new URL(`${request.nextUrl.pathname}${request.nextUrl.search}`, wanted.origin), 307);
}

export const config = { matcher: ["/((?!api/|_next/|.*\\..*).*)"] };
