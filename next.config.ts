import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // These load files or native parts of their own at run time, and must not be bundled.
  serverExternalPackages: ["pg", "@prisma/client", "@prisma/adapter-pg"],
  // `npm run check` runs the compiler over everything; the build that a first start waits for does not.
  typescript: { ignoreBuildErrors: true },
  // Browsers ask for this by themselves, whatever the page names.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  experimental: { serverActions: { bodySizeLimit: "1mb" } },
};

export default config;
