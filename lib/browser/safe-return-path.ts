/** Where to go after signing in: only a path on this host, so that a crafted link cannot lead to another site. */
export function safeReturnPath(next: string | null | undefined): string {
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next) || next.includes("\\")) return "/";
  return next.startsWith("/sign-in") ? "/" : next;
}
