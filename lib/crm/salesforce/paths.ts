/** Every Salesforce path that we call. Those under the data root take the API version. */
export type SalesforcePaths = ReturnType<typeof makePaths>;

export function makePaths(apiVersion: string) {
  const root = `/services/data/v${apiVersion}`;
  return {
    composite: `${root}/composite`,
    collections: `${root}/composite/sobjects`,
    removal: (ids: readonly string[]) => `${root}/composite/sobjects?allOrNone=false&ids=${ids.join(",")}`,
    upsert: (type: string, field: string) => `${root}/composite/sobjects/${type}/${field}`,
    /** Deleted records too, for as long as they are in the recycle bin */
    queryAll: (soql: string) => `${root}/queryAll?q=${encodeURIComponent(soql)}`,
    query: (soql: string) => `${root}/query?q=${encodeURIComponent(soql)}`,
    bulkQueries: `${root}/jobs/query`,
    bulkQuery: (id: string) => `${root}/jobs/query/${encodeURIComponent(id)}`,
    bulkRows: (id: string, most: number, locator: string) =>
      `${root}/jobs/query/${encodeURIComponent(id)}/results?maxRecords=${most}${locator === "" ? "" : `&locator=${encodeURIComponent(locator)}`}`,
    bulkIngests: `${root}/jobs/ingest`,
    bulkIngest: (id: string) => `${root}/jobs/ingest/${encodeURIComponent(id)}`,
    bulkUpload: (id: string) => `${root}/jobs/ingest/${encodeURIComponent(id)}/batches`,
    bulkResult: (id: string, kind: "successfulResults" | "failedResults") =>
      `${root}/jobs/ingest/${encodeURIComponent(id)}/${kind}`,
    describe: (type: string) => `${root}/sobjects/${type}/describe`,
    customField: `${root}/tooling/sobjects/CustomField`,
    userInfo: "/services/oauth2/userinfo",
  };
}
