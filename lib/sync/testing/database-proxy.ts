import { connect, createServer, type Socket } from "node:net";

type CommitPhase = "before" | "after";
/**
 * Told of every statement that ends a transaction: before it is forwarded, and when PostgreSQL has carried it out but the
 * client does not know yet. Throwing cuts all connections at that moment.
 */
type CommitWatch = (phase: CommitPhase, statement: string) => Promise<void>;

export type DatabaseProxy = { url: string; stop(): Promise<void> };

/** A line to PostgreSQL on 127.0.0.1 that understands just enough of its protocol to see commits. */
export async function startDatabaseProxy(databaseUrl: string, watch: CommitWatch): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  const cutAll = () => {
    for (const socket of open) socket.destroy();
    open.clear();
  };
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    joinLines(client, upstream, watch, cutAll);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(typeof address === "object" ? address?.port : 0);
  return {
    url: url.href,
    stop: async () => {
      cutAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function joinLines(client: Socket, upstream: Socket, watch: CommitWatch, cutAll: () => void): void {
  const reader = new MessageReader();
  const transaction = new TransactionWatch();
  let endingStatement: string | null = null;
  let heldAnswer = Buffer.alloc(0);
  const guarded = (work: () => Promise<void>) => () => work().catch(cutAll);
  let turn = Promise.resolve();
  client.on("data", (chunk) => {
    turn = turn.then(
      guarded(async () => {
        for (const message of reader.read(chunk)) {
          const statement = transaction.see(message);
          if (statement !== null) {
            await watch("before", statement);
            endingStatement = statement;
          }
          if (!upstream.destroyed) upstream.write(message);
        }
      }),
    );
  });
  upstream.on("data", (chunk) => {
    if (endingStatement === null) return void client.write(chunk);
    heldAnswer = Buffer.concat([heldAnswer, chunk]);
    if (!endsWithReady(heldAnswer)) return;
    const [statement, answer] = [endingStatement, heldAnswer];
    endingStatement = null;
    heldAnswer = Buffer.alloc(0);
    void guarded(async () => {
      await watch("after", statement);
      client.write(answer);
    })();
  });
}

/** ReadyForQuery, "Z" with 5 bytes: the server has carried out everything it was sent. */
function endsWithReady(answer: Buffer): boolean {
  return (
    answer.length >= 6 && answer.readUInt8(answer.length - 6) === 0x5a && answer.readInt32BE(answer.length - 5) === 5
  );
}

/** Cuts the client's bytes into whole messages. Only the very first one has no type byte. */
class MessageReader {
  private rest = Buffer.alloc(0);
  private isFirst = true;

  read(chunk: Buffer): Buffer[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const messages: Buffer[] = [];
    for (;;) {
      const head = this.isFirst ? 0 : 1;
      if (this.rest.length < head + 4) return messages;
      const end = head + this.rest.readInt32BE(head);
      if (this.rest.length < end) return messages;
      messages.push(this.rest.subarray(0, end));
      this.rest = this.rest.subarray(end);
      this.isFirst = false;
    }
  }
}

/** Follows BEGIN and COMMIT, so that a write outside of them counts as the end of its own transaction. */
class TransactionWatch {
  private isOpen = false;

  /** The statement when this message ends a transaction, else null. */
  see(message: Buffer): string | null {
    const text = statementOf(message);
    if (text === null) return null;
    if (/^\s*(BEGIN|START TRANSACTION)\b/i.test(text)) this.isOpen = true;
    else if (/^\s*ROLLBACK\s*;?\s*$/i.test(text)) this.isOpen = false;
    else if (/^\s*COMMIT\b/i.test(text)) {
      this.isOpen = false;
      return "COMMIT";
    } else if (!this.isOpen && /^\s*(INSERT|UPDATE|DELETE|WITH\b[\s\S]*\b(INSERT|UPDATE|DELETE))\b/i.test(text)) {
      return text.replace(/\s+/g, " ").trim().slice(0, 60);
    }
    return null;
  }
}

/** SQL of a simple query ("Q") or of a statement to prepare ("P": name, zero byte, SQL). */
function statementOf(message: Buffer): string | null {
  const type = String.fromCharCode(message[0] ?? 0);
  if (type === "Q") return message.toString("utf8", 5, message.length - 1);
  if (type !== "P") return null;
  const nameEnd = message.indexOf(0, 5);
  return message.toString("utf8", nameEnd + 1, message.indexOf(0, nameEnd + 1));
}
