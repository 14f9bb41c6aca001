import { t, type TextKey } from "../i18n/text";
import { button, openDialog } from "./dialog";
import { freshId, h } from "./dom";
import type { Settings, SettingsStore } from "./settings";

/** Everything a person may set for themselves, each choice in force at once. */
export function openSettings(host: HTMLElement, store: SettingsStore, closed: () => void): () => void {
  const close = openDialog(host, {
    title: t("settings.title"),
    kind: "sheet",
    body: [
      h("p", { class: "soft" }, t("settings.saved")),
      section("settings.reading", [
        choose(store, "language", "settings.language", [["en", "English"], ["cy", "Cymraeg"]]),
        choose(store, "text", "settings.text", [
          ["normal", t("settings.text.normal")],
          ["large", t("settings.text.large")],
          ["largest", t("settings.text.largest")],
        ]),
        choose(store, "theme", "settings.theme", [
          ["system", t("settings.theme.system")],
          ["light", t("settings.theme.light")],
          ["dark", t("settings.theme.dark")],
        ]),
        toggle(store, "contrast", "settings.contrast"),
      ]),
      section("settings.comfort", [
        toggle(store, "leftHanded", "settings.leftHanded"),
        toggle(store, "keys", "settings.keys"),
        toggle(store, "reducedMotion", "settings.motion"),
        choose(store, "snapTurn", "settings.snapTurn", [
          [30, t("settings.degrees", { n: 30 })],
          [45, t("settings.degrees", { n: 45 })],
        ]),
        toggle(store, "seated", "settings.seated", "settings.seatedHelp"),
        toggle(store, "vignette", "settings.vignette"),
      ]),
      section("settings.time", [
        choose(store, "stretch", "settings.stretch", [
          [1, t("settings.stretch.1")],
          [1.5, t("settings.stretch.1.5")],
          [2, t("settings.stretch.2")],
          [4, t("settings.stretch.4")],
        ]),
        toggle(store, "captions", "settings.captions"),
        toggle(store, "sound", "settings.sound"),
      ]),
    ],
    actions: [button(t("bar.close"), () => leave(), "primary")],
    leave: () => leave(),
  });
  const leave = (): void => {
    close();
    closed();
  };
  return close;
}

const section = (title: TextKey, rows: HTMLElement[]): HTMLElement =>
  h("section", { class: "settings-section" }, h("h3", {}, t(title)), ...rows);

function toggle(store: SettingsStore, key: keyof Settings, label: TextKey, help?: TextKey): HTMLElement {
  const input = h("input", { type: "checkbox", role: "switch", checked: store.value[key] === true });
  input.addEventListener("change", () => void store.set({ [key]: input.checked } as Partial<Settings>));
  return h("label", { class: "check" }, input, h("span", {}, t(label), help ? h("span", { class: "soft small block" }, t(help)) : null));
}

function choose<K extends keyof Settings>(store: SettingsStore, key: K, label: TextKey, options: [Settings[K], string][]): HTMLElement {
  const id = freshId("setting");
  const select = h("select", { id }, ...options.map(([value, text]) => h("option", { value: String(value), selected: store.value[key] === value }, text)));
  select.addEventListener("change", () => {
    const found = options.find(([value]) => String(value) === select.value);
    if (found) void store.set({ [key]: found[0] } as unknown as Partial<Settings>);
  });
  return h("div", { class: "setting" }, h("label", { for: id }, t(label)), select);
}
