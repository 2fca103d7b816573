import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Expects that axe finds nothing on the page as it stands; a finding is listed with `where`, its rule and its place. */
export async function expectNoViolations(page: Page, where = "here"): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id}: ${node.target.join(" ")}`));
  expect(found).toEqual([]);
}
