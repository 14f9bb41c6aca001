/** The few words that belong to the hands themselves; everything else is the interface's or the server's. */
const WORDS = {
  en: {
    placing: "Arrow keys move the hand, Shift for larger steps. Enter puts it down, Escape keeps it.",
    kept: "Still in the hand.",
    far: "Come nearer with the hand.",
    nothing: "Nothing can be done with this from here.",
    where: "Choose a surface to put it on.",
  },
  cy: {
    placing: "Mae'r bysellau saeth yn symud y llaw, Shift am gamau mwy. Mae Enter yn ei roi i lawr, Escape yn ei gadw.",
    kept: "Mae'n dal yn y llaw.",
    far: "Dewch â'r llaw yn nes.",
    nothing: "Ni ellir gwneud dim â hwn o'r fan hon.",
    where: "Dewiswch arwyneb i'w roi arno.",
  },
} as const;

export function word(key: keyof (typeof WORDS)["en"]): string {
  return WORDS[document.documentElement.lang.startsWith("cy") ? "cy" : "en"][key];
}
