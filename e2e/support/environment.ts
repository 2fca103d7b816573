/** What this worker's demo says about itself before the tests start: addresses, sign-in, keys. */
export const environment = {
  app: () => read("E2E_APP_URL"),
  hubspot: () => read("E2E_HUBSPOT_URL"),
  salesforce: () => read("E2E_SALESFORCE_URL"),
  email: () => read("E2E_EMAIL"),
  password: () => read("E2E_PASSWORD"),
  apiKey: () => read("E2E_API_KEY"),
  cronSecret: () => read("E2E_CRON_SECRET"),
};

function read(name: string): string {
  const value = process.env[`${name}_${process.env.TEST_PARALLEL_INDEX ?? "0"}`];
  if (!value) throw new Error(`${name} is not set: the tests run against the demos that their configuration starts.`);
  return value;
}
