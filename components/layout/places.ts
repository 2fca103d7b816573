import {
  Activity,
  ArrowLeftRight,
  Building2,
  Cable,
  Filter,
  Gauge,
  GitMerge,
  Handshake,
  HeartPulse,
  History,
  ListChecks,
  type LucideIcon,
  Megaphone,
  Milestone,
  Settings2,
  UserRoundCog,
  Users,
} from "lucide-react";

/** Every page of the app in the order of the navigation; words stand in messages under `shell.<key>`. */
export const PLACES = [
  {
    group: "records",
    places: [
      { href: "/", key: "overview", icon: Gauge },
      { href: "/contacts", key: "contacts", icon: Users },
      { href: "/companies", key: "companies", icon: Building2 },
      { href: "/deals", key: "deals", icon: Handshake },
      { href: "/lists", key: "lists", icon: ListChecks },
    ],
  },
  {
    group: "configure",
    places: [
      { href: "/mappings", key: "mappings", icon: ArrowLeftRight },
      { href: "/inclusion", key: "inclusion", icon: Filter },
      { href: "/activities", key: "activities", icon: Activity },
      { href: "/owners", key: "owners", icon: UserRoundCog },
      { href: "/campaigns", key: "campaigns", icon: Megaphone },
      { href: "/stages", key: "stages", icon: Milestone },
    ],
  },
  {
    group: "watch",
    places: [
      { href: "/health", key: "health", icon: HeartPulse },
      { href: "/conflicts", key: "conflicts", icon: GitMerge },
      { href: "/runs", key: "runs", icon: History },
    ],
  },
  {
    group: "installation",
    places: [
      { href: "/connection", key: "connection", icon: Cable },
      { href: "/settings", key: "settings", icon: Settings2 },
    ],
  },
] as const satisfies { group: string; places: { href: string; key: string; icon: LucideIcon }[] }[];
