import { ruleOf } from './tenant-rules';

/** What the brand says in one language. */
export type SiteWords = {
  /** The start page's heading. */
  tagline: string;
  /** The start page's paragraph, and what search engines show. `{app}` is the name. */
  description: string;
  /** Whom people ask when they may not come in, as it follows "ask" and "write to": `our help desk`.
   * Where it is not said, they read "the people who run this app". */
  support?: string;
};

/** The brand: what a fork changes first. Colours and sizes are in `app/globals.css`. */
export const site = {
  name: 'Northlight',
  /** Where people land who did not come for a certain page. */
  homePath: '/account',
  /** Where people write when they may not come in. */
  support: { email: 'support@example.com' },
  /** What phones colour their browser's bar with: `--surface` in `app/globals.css`. */
  browserBar: { light: '#ffffff', dark: '#151e1d' },
} as const;

/** By the names of the files in `lib/words/`; a language that has no line here reads the English one. */
const words: { en: SiteWords; [tag: string]: SiteWords } = {
  en: {
    tagline: 'A quiet place for your team’s work',
    description:
      '{app} keeps your team’s notes, plans and decisions together, and out of everyone’s way.',
  },
  de: {
    tagline: 'Ein ruhiger Ort für die Arbeit Ihres Teams',
    description:
      '{app} hält Notizen, Pläne und Entscheidungen Ihres Teams zusammen, ohne jemandem im Weg zu sein.',
  },
  fr: {
    tagline: 'Un espace calme pour le travail de votre équipe',
    description:
      '{app} réunit les notes, les projets et les décisions de votre équipe, sans gêner personne.',
  },
  es: {
    tagline: 'Un lugar tranquilo para el trabajo de su equipo',
    description:
      '{app} reúne las notas, los planes y las decisiones de su equipo, sin estorbar a nadie.',
  },
  it: {
    tagline: 'Un luogo tranquillo per il lavoro del Suo team',
    description:
      '{app} tiene insieme note, piani e decisioni del Suo team, senza intralciare nessuno.',
  },
};

/** What the brand says in one language. */
export const siteWords = (tag: string): SiteWords =>
  (Object.hasOwn(words, tag) ? words[tag] : undefined) ?? words.en;

/** Where people of a tenant land who did not come for a certain page. */
export const homeOf = (tenantId: string): string => ruleOf(tenantId).home ?? site.homePath;
