import { useLanguage, type Language } from "../i18n/text";

/** What a person chose for themselves; kept on their device, never sent. */
export interface Settings {
  text: "normal" | "large" | "largest";
  theme: "system" | "light" | "dark";
  contrast: boolean;
  language: Language;
  captions: boolean;
  sound: boolean;
  leftHanded: boolean;
  /** Degrees of one snap turn in the headset. */
  snapTurn: 30 | 45;
  seated: boolean;
  vignette: boolean;
  reducedMotion: boolean;
  /** Factor on every timed answer. */
  stretch: 1 | 1.5 | 2 | 4;
  /** Single-letter shortcuts; some who speak to their device need them off (WCAG 2.1.4). */
  keys: boolean;
  coached: boolean;
}

export const DEFAULTS: Settings = {
  text: "normal",
  theme: "system",
  contrast: false,
  language: "en",
  captions: true,
  sound: true,
  leftHanded: false,
  snapTurn: 30,
  seated: false,
  vignette: true,
  reducedMotion: false,
  stretch: 1,
  keys: true,
  coached: false,
};

const KEY = "resilience.settings";
type Listener = (settings: Settings) => void;

/** Reads what is stored, taking from it only fields of the right kind: an old or damaged entry falls back field by field. */
export function parseSettings(stored: string | null, defaults: Settings = DEFAULTS): Settings {
  const settings: Settings = { ...defaults };
  if (stored === null) return settings;
  let found: unknown;
  try {
    found = JSON.parse(stored);
  } catch {
    return settings;
  }
  if (typeof found !== "object" || found === null) return settings;
  const allowed: Partial<Record<keyof Settings, readonly unknown[]>> = {
    text: ["normal", "large", "largest"],
    theme: ["system", "light", "dark"],
    language: ["en", "cy"],
    snapTurn: [30, 45],
    stretch: [1, 1.5, 2, 4],
  };
  for (const key of Object.keys(defaults) as (keyof Settings)[]) {
    const value = (found as Record<string, unknown>)[key];
    const ok = allowed[key] ? allowed[key].includes(value) : typeof value === typeof defaults[key];
    if (ok) (settings as unknown as Record<string, unknown>)[key] = value;
  }
  return settings;
}

/** The settings of this device, with listeners told of every change. */
export class SettingsStore {
  private current: Settings;
  private readonly listeners = new Set<Listener>();

  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem"> | null = safeStorage()) {
    this.current = parseSettings(storage?.getItem(KEY) ?? null, {
      ...DEFAULTS,
      language: document.documentElement.lang.startsWith("cy") ? "cy" : "en",
      contrast: matchMedia("(prefers-contrast: more)").matches,
      reducedMotion: matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
  }

  get value(): Readonly<Settings> {
    return this.current;
  }

  async set(change: Partial<Settings>): Promise<void> {
    this.current = { ...this.current, ...change };
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.current));
    } catch {
      // Private windows may refuse storage; the choice then lasts as long as the page.
    }
    await this.apply();
  }

  /** Takes the language of a session for as long as the page lasts; the person's own choice stays stored. */
  async adopt(language: Language): Promise<void> {
    this.current = { ...this.current, language };
    await this.apply();
  }

  /** Puts the settings on the document and tells the listeners. */
  async apply(): Promise<void> {
    const { dataset } = document.documentElement;
    const { theme, contrast, text, reducedMotion } = this.current;
    if (theme === "system") delete dataset["theme"];
    else dataset["theme"] = theme;
    if (contrast) dataset["contrast"] = "high";
    else delete dataset["contrast"];
    dataset["text"] = text;
    dataset["motion"] = reducedMotion ? "reduced" : "full";
    await useLanguage(this.current.language);
    for (const listener of this.listeners) listener(this.current);
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

function safeStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
