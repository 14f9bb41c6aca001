import { en, type TextKey, type Texts } from "./en";

export type Language = "en" | "cy";
export type { TextKey };

let current: Language = "en";
let texts: Texts = en;

export const language = (): Language => current;

/** Loads a language's texts and marks the document with it. Welsh is its own chunk: nobody loads what they do not read. */
export async function useLanguage(chosen: Language): Promise<void> {
  texts = chosen === "cy" ? (await import("./cy")).cy : en;
  current = chosen;
  if (typeof document !== "undefined") document.documentElement.lang = chosen;
}

/** The text of a key, `{name}` replaced from `values`. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

/** A key that is put together at run time, with a fallback where the product's vocabulary has grown past this client. */
export function tMaybe(key: string, fallback: string): string {
  return key in texts ? texts[key as TextKey] : fallback;
}
