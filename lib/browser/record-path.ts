const PAGES: Record<string, string> = { contact: "/contacts", company: "/companies", deal: "/deals" };

/** Where a record's page is: contacts, companies and deals have lists of their own, everything else is found by its id. */
export function recordPath(object: string, id: string): string {
  return `${PAGES[object] ?? "/records"}/${id}`;
}
