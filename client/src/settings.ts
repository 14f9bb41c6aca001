/** What a person sets once for their comfort; kept in this browser only. */

export interface Settings {
  leftHanded: boolean;
  /** Degrees turned by one push of the stick or one press of a turn key. */
  snapAngle: 30 | 45;
  /** Raises the floor of the room so that a seated person stands at working height. */
  seated: boolean;
  /** Multiplies every size of text: 1, 1.25 or 1.5. */
  textSize: number;
  captions: boolean;
  vignette: boolean;
  reducedMotion: boolean;
  highContrast: boolean;
  /** Session time runs this many times slower: 1, 1.5 or 2. */
  timeStretch: number;
}

export const DEFAULTS: Settings = {
  leftHanded: false,
  snapAngle: 30,
  seated: false,
  textSize: 1,
  captions: true,
  vignette: false,
  reducedMotion: false,
  highContrast: false,
  timeStretch: 1,
};

const KEY = "resilience.settings";

type Listener = (settings: Readonly<Settings>, changed: keyof Settings) => void;

export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export class SettingsStore {
  readonly #values: Settings;
  readonly #listeners = new Set<Listener>();

  constructor(private readonly keep: Keep | null) {
    this.#values = { ...DEFAULTS, ...read(keep) };
  }

  get all(): Readonly<Settings> {
    return this.#values;
  }

  set<K extends keyof Settings>(key: K, value: Settings[K]): void {
    if (this.#values[key] === value) return;
    this.#values[key] = value;
    try {
      this.keep?.setItem(KEY, JSON.stringify(this.#values));
    } catch {
      // A browser may refuse to keep anything (private window, full disk): the setting holds for this page.
    }
    for (const listener of this.#listeners) listener(this.#values, key);
  }

  /** Returns the function that stops listening. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Only known keys of the right type are believed; anything else falls back to the default. */
function read(keep: Keep | null): Partial<Settings> {
  try {
    const kept: unknown = JSON.parse(keep?.getItem(KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(([key, value]) => key in DEFAULTS && typeof value === typeof DEFAULTS[key as keyof Settings]),
    );
  } catch {
    return {};
  }
}
