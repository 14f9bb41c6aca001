import type { Connection } from "../ui-port";
import { t } from "../i18n/text";
import { fill, h } from "./dom";

/** The line under the top bar when the server cannot be reached: what happened, and that nothing acknowledged is lost. */
export class NetNotice {
  readonly element = h("div", { class: "net-notice", role: "alert", hidden: true });

  show(state: Connection, detail: string | null): void {
    this.element.hidden = state === "live" || state === "connecting";
    if (this.element.hidden) return;
    const [title, text] =
      state === "lost"
        ? [t("net.lost"), t("net.lost.text")]
        : state === "taken-over"
          ? [t("net.closed"), t("net.closed.text")]
          : [t("net.failed"), detail ?? ""];
    this.element.dataset["state"] = state;
    fill(this.element, h("strong", {}, title), h("span", {}, text));
  }
}
