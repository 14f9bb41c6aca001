import { en, type Texts } from "./en";

export const cy: Texts = { ...en };
