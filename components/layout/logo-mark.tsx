/** A bridge: two piers, one arch, the deck over it. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" className={className} fill="none" aria-hidden>
      <path d="M1.5 7.5h17" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M3.5 7.5v8.25M16.5 7.5v8.25" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      <path
        d="M3.5 15.25c1.2-3.2 3.6-4.9 6.5-4.9s5.3 1.7 6.5 4.9"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </svg>
  );
}
