import { describe, expect, it } from "vitest";
import type { RecordField } from "../../contract";
import { fieldForm } from "./asks";
import type { Form } from "./form";

const field = (type: RecordField["type"]): RecordField => ({ id: "one", label: "One", type, value: null, at: null, corrected: [] });

/** A person at the form of a field: what it shows, its keys and rows, and what was answered. */
function asked(type: RecordField["type"], clock?: string): { form: () => Form; answers: (string | null)[] } {
  let shown: Form | null = null;
  const answers: (string | null)[] = [];
  fieldForm(field(type), [], clock, { show: (form) => { shown = form; }, done: (answer) => { answers.push(answer); } });
  return {
    form: () => {
      if (!shown) throw new Error("nothing is shown");
      return shown;
    },
    answers,
  };
}

describe("an entry typed in the headset", () => {
  it("offers the time on the wall, until one types another", () => {
    const { form, answers } = asked("time", "09:41");
    expect(form().rows[0]?.label).toContain("09:41");
    form().rows[0]?.press();
    expect(answers).toEqual(["09:41"]);
    form().keys?.press("1");
    expect(form().rows).toEqual([]);
  });

  it("writes capitals after the shift key and small letters after the next", () => {
    const { form, answers } = asked("text");
    form().keys?.press("shift");
    expect(form().keys?.rows.flat()).toContain("G");
    form().keys?.press("G");
    form().keys?.press("shift");
    for (const key of ["-", "7", "a"]) form().keys?.press(key);
    form().foot?.find(({ id }) => id === "ok")?.press();
    expect(answers).toEqual(["G-7a"]);
  });

  it("says what is wrong and asks on", () => {
    const { form, answers } = asked("time");
    form().keys?.press("9");
    form().foot?.find(({ id }) => id === "ok")?.press();
    expect(form().text).toMatch(/hours and minutes/);
    expect(answers).toEqual([]);
  });
});
