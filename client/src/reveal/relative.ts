import { t } from "../i18n/text";
import { h } from "../ui/dom";

/** Says of doses and multiples what they are worth. */
export const relative = (): HTMLElement =>
  h("p", { class: "relative" }, h("span", { class: "relative-mark" }, t("relative")), h("span", { class: "soft small" }, t("relative.text")));
