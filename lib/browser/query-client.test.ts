import { MutationObserver, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { createQueryClient } from "./query-client";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("what is saved while a list loads for the first time stands in that list", async () => {
  const client = createQueryClient();
  const onServer: string[] = [];
  const list = new QueryObserver(client, {
    queryKey: ["users"],
    queryFn: async () => {
      const answer = [...onServer];
      await wait(40);
      return answer;
    },
  });
  const stop = list.subscribe(() => undefined);
  const invite = new MutationObserver(client, {
    mutationFn: async (name: string) => {
      onServer.push(name);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["users"] }),
  });
  await invite.mutate("Marta");
  await wait(120);
  expect(list.getCurrentResult().data).toEqual(["Marta"]);
  stop();
  client.clear();
});
