import type { Page } from "@playwright/test";
import type { AppApi } from "./app-api";
import { environment } from "./environment";

let invited = 0;

/** From here on the page's browser is that of somebody who may only look, invited and signed in anew. */
export async function becomeOnlooker(page: Page, app: AppApi): Promise<void> {
  invited += 1;
  const link = await app.invite(`onlooker.${Date.now().toString(36)}${invited}@people.example`, "read-only");
  const answer = await page.request.post(`${environment.app()}/api/users/invitations/accept`, {
    headers: { origin: environment.app() },
    data: { token: new URL(link).hash.slice(1), name: "Onlooker", password: "correct horse battery" },
  });
  if (!answer.ok()) throw new Error(`The invitation was refused: ${await answer.text()}`);
}
