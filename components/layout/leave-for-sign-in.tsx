"use client";

import { useEffect } from "react";

/** Goes to the sign-in page, which leads back to exactly this address, filters included. */
export function LeaveForSignIn() {
  useEffect(() => {
    const here = window.location.pathname + window.location.search;
    window.location.replace(`/sign-in?next=${encodeURIComponent(here)}`);
  }, []);
  return <div className="min-h-dvh" aria-busy="true" />;
}
