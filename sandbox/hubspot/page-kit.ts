import { html, type Markup, renderPage } from "../shared/html";
import { HubSpotError } from "./errors";
import { PORTAL_ID } from "./ids";
import type { ObjectType } from "./object-types";
import type { CrmRecord } from "./record";

export const PAGE_SIZE = 50;
const NAV = [
  { href: "/", label: "Contacts" },
  { href: "/contacts/new", label: "New contact" },
  { href: "/companies", label: "Companies" },
  { href: "/deals", label: "Deals" },
  { href: "/tickets", label: "Tickets" },
  { href: "/lists", label: "Lists" },
  { href: "/forms", label: "Forms" },
  { href: "/calls", label: "API calls" },
];

type Frame = { title: string; path?: string; error?: string | undefined; note?: string | undefined; body: Markup };

/** Pages for people: they are neither limited nor logged. */
export function isPagePath(path: string): boolean {
  if (path === "/" || path === "/favicon.ico" || path.startsWith("/contacts/")) return true;
  return /^\/(calls|companies|deals|tickets|lists|forms|play)(\/|$)/.test(path);
}

export function answerPage(frame: Frame, status = 200): Response {
  const page = renderPage({ product: "HubSpot", subtitle: "Sandbox portal 48201337", nav: NAV, ...frame });
  return new Response(page, { status, headers: { "Content-Type": "text/html;charset=utf-8" } });
}

export function answerMissing(what: string): Response {
  return answerPage({ title: `No such ${what}`, body: html`<p>It may have been deleted.</p>` }, 404);
}

export function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location } });
}

/** The page of a record, under HubSpot's own address for it. */
export function linkTo(type: ObjectType, id: string): string {
  return `/contacts/${PORTAL_ID}/record/${type.typeId}/${id}`;
}

/** What people call a record. */
export function nameRecord(type: ObjectType, { id, properties }: CrmRecord): string {
  const person = [properties.firstname, properties.lastname].filter(Boolean).join(" ");
  const title =
    properties.name ??
    properties.dealname ??
    properties.subject ??
    properties.hs_call_title ??
    properties.hs_email_subject ??
    properties.hs_meeting_title ??
    properties.hs_task_subject ??
    properties.hs_note_body;
  return person || title || properties.email || `${type.label.toLowerCase()} ${id}`;
}

/** Browsers send line ends as CR LF; left so, every save would change a many-lined address. */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const form = new URLSearchParams(await request.text());
  return Object.fromEntries([...form].map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]));
}

/** HubSpot's words for a refusal; anything else is a fault of the sandbox and thrown on. */
export function explain(error: unknown): string {
  if (!(error instanceof HubSpotError)) throw error;
  return error.body.errors?.map((detail) => detail.message).join(" ") || error.message;
}
