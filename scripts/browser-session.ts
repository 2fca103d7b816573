/** Just enough of a browser for the connect pages: cookies per host, redirects, and one form. */
export class BrowserSession {
  readonly #home: string;
  readonly #cookies = new Map<string, Map<string, string>>();

  /** `home`: the app's own address, for the paths given to `postJson`. */
  constructor(home: string) {
    this.#home = home;
  }

  /** Gets JSON from the app. @throws Error with status and text when it is refused. */
  async getJson(path: string): Promise<unknown> {
    const answer = await this.#send(new URL(path, this.#home), { method: "GET" });
    return readAnswer(answer, `GET ${path}`);
  }

  /** Posts JSON to the app and returns the answer's JSON. @throws Error with status and text when it is refused. */
  async postJson(path: string, body: unknown): Promise<unknown> {
    const answer = await this.#send(new URL(path, this.#home), {
      method: "POST",
      headers: { "content-type": "application/json", origin: new URL(this.#home).origin },
      body: JSON.stringify(body),
    });
    return readAnswer(answer, `POST ${path}`);
  }

  /**
   * Opens a page with a form, presses its first submit button and follows the redirects to a page that answers 200.
   *
   * @throws Error when there is no form, or when the way back ends in an error.
   */
  async agree(pageUrl: string): Promise<void> {
    const page = await this.#follow(new URL(pageUrl), { method: "GET" });
    const { action, fields } = readForm(await page.answer.text(), page.url);
    const origin = page.url.origin;
    const headers = { "content-type": "application/x-www-form-urlencoded", origin };
    const end = await this.#follow(action, { method: "POST", headers, body: fields.toString() });
    const failure = end.url.searchParams.get("error");
    if (!end.answer.ok || failure) {
      throw new Error(`The way back from ${origin} ended at ${end.url.pathname} with ${failure ?? end.answer.status}.`);
    }
    await end.answer.body?.cancel();
  }

  async #follow(url: URL, init: RequestInit): Promise<{ url: URL; answer: Response }> {
    let next = url;
    let answer = await this.#send(next, init);
    for (let hops = 0; hops < 10; hops++) {
      const location = answer.headers.get("location");
      if (!location || answer.status < 300 || answer.status > 399) return { url: next, answer };
      await answer.body?.cancel();
      next = new URL(location, next);
      answer = await this.#send(next, { method: "GET" });
    }
    throw new Error(`${url.origin} redirects without end.`);
  }

  async #send(url: URL, init: RequestInit): Promise<Response> {
    const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
    this.#cookies.set(url.host, jar);
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name) jar.set(name, value ?? "");
    }
    return answer;
  }
}

async function readAnswer(answer: Response, request: string): Promise<unknown> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${request} was refused with ${answer.status}: ${text.slice(0, 500)}`);
  return text ? JSON.parse(text) : undefined;
}

/**
 * The first form of a page: where it goes and what its first submit button sends along.
 *
 * @throws Error when the page has no form.
 */
export function readForm(html: string, pageUrl: URL): { action: URL; fields: URLSearchParams } {
  const [, attributes = "", body = ""] = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(html) ?? [];
  if (!body) throw new Error(`${pageUrl.origin}${pageUrl.pathname} shows no form to agree to.`);
  const fields = new URLSearchParams();
  for (const [, input = ""] of body.matchAll(/<input\b([^>]*)>/gi)) {
    const name = readAttribute(input, "name");
    if (name && readAttribute(input, "type") !== "submit") fields.append(name, readAttribute(input, "value") ?? "");
  }
  const button = /<(?:button|input)\b([^>]*type="submit"[^>]*)>|<button\b([^>]*)>/i.exec(body);
  const pressed = button?.[1] ?? button?.[2] ?? "";
  const name = readAttribute(pressed, "name");
  if (name) fields.append(name, readAttribute(pressed, "value") ?? "");
  return { action: new URL(readAttribute(attributes, "action") || pageUrl.href, pageUrl), fields };
}

const ENTITIES: Record<string, string> = { amp: "&", quot: '"', "#39": "'", "#x27": "'", lt: "<", gt: ">" };

function readAttribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, "i").exec(attributes)?.[1];
  return found?.replace(/&(amp|quot|#39|#x27|lt|gt);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}
