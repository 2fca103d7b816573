"use client";

import { useEffect } from "react";

/** What is asked before the page is left, once for each form with unsaved changes. */
const questions = new Set<string>();

/** Whether the page may be left; asks where something is unsaved. For ways that are no link, such as a chosen command. */
export function mayLeave(): boolean {
  return [...questions].every((question) => window.confirm(question));
}

/**
 * While `dirty`, asks before the tab closes, before any link on the page leads away, and before Back. `question` is shown
 * by the browser.
 */
export function useUnsavedGuard(dirty: boolean, question: string): void {
  useEffect(() => {
    if (!dirty) return;
    const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const beforeLink = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!link || link.getAttribute("target") === "_blank" || link.getAttribute("href")?.startsWith("#")) return;
      if (link.hasAttribute("download")) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const beforeBack = (event: NavigateEvent) => {
      if (event.navigationType !== "traverse" || !event.cancelable || window.confirm(question)) return;
      event.preventDefault();
    };
    // Not in every browser: there, Back leaves without a question.
    const navigation = "navigation" in window ? window.navigation : undefined;
    questions.add(question);
    window.addEventListener("beforeunload", beforeUnload);
    // Capture phase: before the router's own click handler
    document.addEventListener("click", beforeLink, true);
    navigation?.addEventListener("navigate", beforeBack);
    return () => {
      questions.delete(question);
      window.removeEventListener("beforeunload", beforeUnload);
      document.removeEventListener("click", beforeLink, true);
      navigation?.removeEventListener("navigate", beforeBack);
    };
  }, [dirty, question]);
}
