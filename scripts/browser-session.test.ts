import { describe, expect, it } from "vitest";
import { readForm } from "./browser-session";

const page = new URL("http://127.0.0.1:3100/oauth/authorize?state=a");

describe("the form of an authorize page", () => {
  it("gives its hidden fields, unescaped, and the value of its first button only", () => {
    const html = `<form method="post" action="/oauth/authorize">
      <input type="hidden" name="state" value="a&amp;b &quot;c&quot;">
      <button type="submit" name="decision" value="connect">Connect</button>
      <button type="submit" name="decision" value="cancel">Cancel</button></form>`;
    const { action, fields } = readForm(html, page);
    expect(action.href).toBe("http://127.0.0.1:3100/oauth/authorize");
    expect(Object.fromEntries(fields)).toEqual({ state: 'a&b "c"', decision: "connect" });
  });

  it("without an action goes to the page itself", () => {
    expect(readForm("<form method='post'><button>Allow</button></form>", page).action.href).toBe(page.href);
  });

  it("is missed when the page is an error", () => {
    expect(() => readForm("<h1>Unknown client</h1>", page)).toThrow("shows no form");
  });
});
