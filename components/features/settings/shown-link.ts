/** A link that has to be passed on, and for whom. */
export type ShownLink = { purpose: "invite" | "password"; email: string; link: string };
