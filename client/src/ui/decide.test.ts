import { describe, expect, it } from "vitest";
import { SNAPSHOT } from "../../test-fixtures/session";
import { answersAsEntries, openDecisions } from "./decide";

const questions = [
  { id: "pack:bottle", text: "May the bottle be used?", choices: [{ id: "accept", label: "Accept" }, { id: "reject", label: "Reject" }], item: "bottle" },
  { id: "self-rating", text: "How was it?", choices: [{ id: "1", label: "1" }], item: null },
];
const snapshot = { ...SNAPSHOT, questions };

describe("decisions about things", () => {
  it("stand in the thing's own menu, one entry for each answer", () => {
    const entries = answersAsEntries("bottle", snapshot);
    expect(entries.map((e) => e.action)).toEqual([
      { verb: "answer", question: "pack:bottle", choice: "accept" },
      { verb: "answer", question: "pack:bottle", choice: "reject" },
    ]);
    expect(answersAsEntries("vial-3", snapshot)).toEqual([]);
  });
  it("do not count what is asked about no thing", () => {
    expect(openDecisions(snapshot).map((q) => q.id)).toEqual(["pack:bottle"]);
  });
});
