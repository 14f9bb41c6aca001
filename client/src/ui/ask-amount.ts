import { number } from "../i18n/format";
import { t } from "../i18n/text";
import { button, cancelButton, openDialog } from "./dialog";
import { freshId, h } from "./dom";
import { icon } from "./icons";
import { fractionOf, parseAmount, snapAmount, stepAmount, type AmountSpec } from "./steps";

/** Asks for an amount by slider, steps or typed number; null when the person leaves it. */
export function askAmount(
  host: HTMLElement,
  title: string,
  spec: AmountSpec,
  listen: (nudge: (direction: -1 | 1, coarse: boolean) => void) => void = () => undefined,
): Promise<number | null> {
  return new Promise((resolve) => {
    let value = snapAmount(spec.start, spec);
    const id = freshId("amount");
    const slider = h("input", {
      type: "range", min: spec.min, max: spec.max, step: spec.step, class: "dial-slider", "aria-label": title, "data-first": true,
    });
    const typed = h("input", { type: "text", inputmode: "decimal", id, autocomplete: "off", class: "dial-number", "aria-describedby": `${id}-range` });
    const problem = h("p", { class: "field-problem", role: "alert" });
    const scale = barrel();

    const show = (): void => {
      slider.value = String(value);
      slider.setAttribute("aria-valuetext", `${number(value, 3)} ${spec.unit}`);
      if (document.activeElement !== typed) typed.value = number(value, 3);
      scale.style.setProperty("--level", String(fractionOf(value, spec)));
      problem.textContent = "";
      typed.removeAttribute("aria-invalid");
    };
    const set = (next: number): void => {
      value = next;
      typed.blur();
      show();
    };
    slider.addEventListener("input", () => {
      value = snapAmount(Number(slider.value), spec);
      show();
    });
    slider.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (way === undefined || !event.shiftKey) return;
      event.preventDefault();
      value = stepAmount(value, spec, way, true);
      show();
    });
    typed.addEventListener("input", () => {
      const parsed = parseAmount(typed.value, spec);
      if (parsed !== null) {
        value = parsed;
        show();
      }
    });

    const finish = (result: number | null): void => {
      close();
      resolve(result);
    };
    const accept = (): void => {
      if (parseAmount(typed.value, spec) === null) {
        problem.textContent = t("amount.bad", { min: number(spec.min, 3), max: number(spec.max, 3) });
        typed.setAttribute("aria-invalid", "true");
        typed.focus();
        return;
      }
      finish(value);
    };
    const onEnter = (event: KeyboardEvent): void => {
      if (event.key === "Enter") {
        event.preventDefault();
        accept();
      }
    };
    slider.addEventListener("keydown", onEnter);
    typed.addEventListener("keydown", onEnter);

    const step = number(spec.step, 3) + (spec.unit ? ` ${spec.unit}` : "");
    const less = h("button", { type: "button", class: "button", "aria-label": t("amount.less", { step }), onclick: () => set(stepAmount(value, spec, -1)) }, icon("minus"));
    const more = h("button", { type: "button", class: "button", "aria-label": t("amount.more", { step }), onclick: () => set(stepAmount(value, spec, 1)) }, icon("plus"));
    const close = openDialog(host, {
      title,
      body: [
        h(
          "div",
          { class: "dial" },
          h("div", { class: "dial-row" }, less, h("label", { class: "dial-value" }, h("span", { class: "visually-hidden" }, title), typed, h("span", { "aria-hidden": "true" }, spec.unit)), more),
          scale,
          slider,
          h("p", { class: "soft small", id: `${id}-range` }, t("amount.range", { min: `${number(spec.min, 3)}`, max: `${number(spec.max, 3)} ${spec.unit}` })),
          problem,
        ),
      ],
      actions: [cancelButton(() => finish(null)), button(t("amount.do"), accept, "primary")],
      leave: () => finish(null),
    });
    listen((direction, coarse) => set(stepAmount(value, spec, direction, coarse)));
    show();
  });
}

/** A drawn barrel that fills as the amount rises: the eye sees the level before it reads the number. */
function barrel(): HTMLElement {
  return h("div", { class: "barrel", "aria-hidden": "true" }, h("div", { class: "barrel-fill" }));
}
