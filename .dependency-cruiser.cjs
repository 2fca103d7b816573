// The rooms of the house and the arrows between them, which run down only. Whatever is not named here is forbidden.

const TESTS = "\\.(test|spec)\\.tsx?$|/testing/|/contract-[a-z-]+\\.ts$";
const SANDBOX_TESTS = "^sandbox/.*(\\.test|/contract-[a-z-]+)\\.ts$";
const OURS = "^(app|bench|clients|components|e2e|lib|prisma|proxy\\.ts|instrumentation\\.ts|sandbox|scripts)(/|$)";
const NPM = ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-bundled", "npm-no-pkg", "npm-unknown"];

/** A room may import itself and `allowed` of our own code, nothing else of it. */
function room(name, from, allowed, comment) {
  return {
    name: `room-${name}`,
    comment,
    severity: "error",
    from: { path: from, pathNot: TESTS },
    to: { path: OURS, pathNot: [from, ...allowed] },
  };
}

/** Of `places`, a room that may import them takes types only, which leave no trace in what runs. */
function typesOnly(name, from, places, comment) {
  return {
    name: `types-only-${name}`,
    comment,
    severity: "error",
    from: { path: from, pathNot: TESTS },
    to: { path: places, dependencyTypesNot: ["type-only"] },
  };
}

/** `packages` may be imported from `places` only. */
function only(name, packages, places, comment) {
  return {
    name,
    comment,
    severity: "error",
    from: { pathNot: places },
    to: { path: packages.map((one) => `(^|node_modules/)${one}(/|$)`) },
  };
}

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Arrows run down only; type imports count as well.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: ["\\.css$", "^geist/"] },
    },

    room("decide", "^lib/decide/", [], "Decisions are pure: they read nothing but what they are given."),
    {
      name: "decide-is-pure",
      comment: "No package, no Node module: no I/O, clock or randomness can come in.",
      severity: "error",
      from: { path: "^lib/decide/", pathNot: TESTS },
      to: { dependencyTypes: [...NPM, "core"] },
    },
    room("contracts", "^lib/contracts/", ["^lib/decide/"], "Shapes shared by routes and browser."),
    room(
      "store",
      "^lib/store/",
      ["^lib/decide/", "^lib/crm/face\\.ts$", "^lib/server/env\\.ts$"],
      "The database knows the domain's types, nothing above it.",
    ),
    typesOnly(
      "store",
      "^lib/store/",
      "^lib/crm/face\\.ts$",
      "Cursors and call gates are kept in the shape that the adapters take.",
    ),
    room("crm", "^lib/crm/[^/]+$", ["^lib/decide/"], "The face that both adapters have."),
    room("crm-hubspot", "^lib/crm/hubspot/", ["^lib/crm/[^/]+$", "^lib/decide/"], "One adapter never knows the other."),
    room(
      "crm-salesforce",
      "^lib/crm/salesforce/",
      ["^lib/crm/[^/]+$", "^lib/decide/"],
      "One adapter never knows the other.",
    ),
    room(
      "sync",
      "^lib/sync/",
      ["^lib/decide/", "^lib/crm/", "^lib/store/", "^lib/contracts/"],
      "The engine stands on decisions, adapters and store.",
    ),
    typesOnly(
      "sync",
      "^lib/sync/",
      "^lib/contracts/",
      "What the engine tells can have the shape that routes answer with.",
    ),
    room(
      "access",
      "^lib/access/",
      ["^lib/store/", "^lib/decide/", "^lib/crm/face\\.ts$", "^lib/server/env\\.ts$"],
      "Sign-in and tokens; of the adapters it only knows the face.",
    ),
    room(
      "notify",
      "^lib/notify/",
      ["^lib/store/", "^lib/decide/", "^lib/server/(env|log)\\.ts$"],
      "E-mails are written from what the store tells.",
    ),
    {
      name: "env-stands-alone",
      comment: "The settings are read by many rooms, so they lean on none.",
      severity: "error",
      from: { path: "^lib/server/env\\.ts$" },
      to: { path: OURS },
    },
    room("server", "^lib/server/", ["^lib/access/", "^lib/contracts/", "^lib/decide/"], "Wrappers around routes."),
    room(
      "browser",
      "^lib/browser/",
      ["^lib/contracts/", "^lib/decide/", "^messages/"],
      "What runs in the browser sees shapes, not servers.",
    ),
    {
      name: "no-room",
      comment: "A new folder in lib needs a place in this table first.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/(access|browser|contracts|crm|decide|notify|server|store|sync)/" },
      to: {},
    },

    room(
      "components",
      "^components/",
      ["^lib/contracts/", "^lib/browser/", "^lib/decide/"],
      "What people see reaches the server over HTTP only.",
    ),
    room("components-ui", "^components/ui/", ["^lib/browser/"], "Building blocks know no feature."),
    typesOnly("components", "^components/", "^lib/decide/", "Deciding is done on the server."),
    {
      name: "features-stay-apart",
      comment: "A feature never imports another feature.",
      severity: "error",
      from: { path: "^components/features/([^/]+)/" },
      to: { path: "^components/features/", pathNot: "^components/features/$1/" },
    },
    room(
      "app",
      "^(app/|proxy\\.ts$|instrumentation\\.ts$)",
      ["^components/", "^lib/(access|browser|contracts|decide|notify|server|store|sync)/"],
      "URLs and wiring; the clouds are reached through lib/sync.",
    ),
    {
      name: "no-prisma-client-outside-store",
      comment: "Functions and domain types leave the store, rows and the client do not.",
      severity: "error",
      from: { pathNot: "^lib/store/" },
      to: { path: "^lib/store/generated/" },
    },

    room("sandbox", "^sandbox/", [], "The sandbox knows nothing of the product, or it would prove nothing."),
    {
      ...room("clients", "^clients/", [], "What foreign clients prove must not lean on code of ours."),
      from: { path: "^clients/" },
    },
    {
      name: "product-without-sandbox",
      comment: "The product never knows that it talks to a sandbox.",
      severity: "error",
      from: { path: "^(app|components|lib|proxy\\.ts|instrumentation\\.ts|scripts)", pathNot: TESTS },
      to: { path: "^(sandbox|bench|clients|e2e)/" },
    },
    {
      name: "product-without-test-parts",
      comment: "Test support stays in tests.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: TESTS },
      to: { path: ["/testing/", "^scripts/"] },
    },

    only(
      "hubspot-client-in-one-place",
      ["@hubspot"],
      ["^lib/crm/hubspot/", SANDBOX_TESTS, "^bench/"],
      "One adapter speaks to HubSpot.",
    ),
    only(
      "jsforce-in-one-place",
      ["jsforce", "@jsforce"],
      ["^lib/crm/salesforce/", SANDBOX_TESTS, "^bench/"],
      "One adapter speaks to Salesforce.",
    ),
    only(
      "database-in-one-place",
      ["@prisma", "pg"],
      ["^lib/store/", "^scripts/", "^bench/", "\\.integration\\.test\\.ts$", "/testing/"],
      "Only the store speaks to PostgreSQL; scripts start it, migrate it and test it.",
    ),
    only(
      "react-in-the-browser",
      ["react", "react-dom"],
      ["^app/", "^components/", "^lib/browser/"],
      "Servers render through app/.",
    ),
    {
      name: "tools-stay-out-of-the-product",
      comment: "A package for development would be missing in production.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: TESTS },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
    },
  ],
  options: {
    // Generated code is full of cycles of its own.
    doNotFollow: { path: ["node_modules", "^lib/store/generated/"] },
    exclude: { path: "^(\\.next|\\.data|node_modules/\\.)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
  },
};
