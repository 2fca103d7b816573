import { Agent, request } from "node:http";
import { answerParent } from "../world/child";

export type CallsQuestion = { url: string; token: string; connections: number; forMs: number };

/** Replies that came, and the seconds that took. */
export type CallsAnswer = { calls: number; seconds: number };

/** Asks one address over and over on some connections. */
async function countCalls({ url, token, connections, forMs }: CallsQuestion): Promise<CallsAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { authorization: `Bearer ${token}` };
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const call = request(url, { agent, headers }, (reply) => {
        if (reply.statusCode !== 200) reject(new Error(`${url}: ${reply.statusCode}`));
        reply.resume().on("end", resolve);
      });
      call.on("error", reject).end();
    });
  let calls = 0;
  const run = async (until: number) => {
    for (; performance.now() < until; calls++) await ask();
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, () => run(started + forMs)));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { calls, seconds };
}

answerParent((question) => countCalls(question as CallsQuestion));
