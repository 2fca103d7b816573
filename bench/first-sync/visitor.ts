/** What an open browser tab asks for while it shows the overview and the contacts. */
const PATHS = ["/", "/contacts", "/api/overview", "/api/records"];
const PAUSE_MS = 2_000;

export type Visitor = { visits: number; failures: Record<string, number>; stop(): Promise<void> };

/** Signs in and keeps looking at the pages, as somebody does who waits for the first sync. */
export async function startVisitor(url: string, credentials: { email: string; password: string }): Promise<Visitor> {
  const cookie = await signIn(url, credentials);
  let isOver = false;
  const visitor: Visitor = { visits: 0, failures: {}, stop: async () => {} };
  const look = async (): Promise<void> => {
    while (!isOver) {
      for (const path of PATHS) {
        const answer = await fetch(url + path, { headers: { cookie }, redirect: "manual" });
        await answer.arrayBuffer();
        visitor.visits += 1;
        const key = `${path} ${answer.status}`;
        if (answer.status !== 200) visitor.failures[key] = (visitor.failures[key] ?? 0) + 1;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const looking = look();
  // Until somebody waits for it, a failure would end the whole benchmark without a word.
  looking.catch(() => {});
  visitor.stop = async () => {
    isOver = true;
    await looking;
  };
  return visitor;
}

async function signIn(url: string, credentials: object): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(credentials),
  });
  if (!answer.ok) throw new Error(`The sign-in was refused with ${answer.status}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}
