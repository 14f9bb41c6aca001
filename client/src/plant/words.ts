/** The few words that the plant's own pages need beyond what the server wrote into them. */
const en = {
  turn: "{title} in three dimensions. Arrow keys turn it, plus and minus change the distance, Home shows all of it.",
  missing: "The model could not be loaded: a box of its size stands in its place.",
  floor: "On your own floor",
  floorHelp: "Puts it on the floor before you, at its real size.",
  leave: "Leave the headset",
  headset: "Headset",
  rooms: "Rooms",
  stations: "Places to stand",
  here: "You are here",
  loading: "Building the room",
  failed: "The room could not be loaded.",
  again: "Try again",
  sound: "Sound",
  captions: "Captions for sounds",
  catalogue: "To the catalogue",
  picture: "The room. Drag to look around, press a mark on the floor to go there, a door to go through it.",
  goThrough: "Go through",
  closedDoor: "Leads nowhere yet",
  look: "Look at it closely",
  noPicture: "This browser does not draw in three dimensions (WebGL). The rooms can still be read about in the catalogue.",
  said: { door: "A door opens and closes", air: "Air streams from the ceiling", cabinet: "The cabinet hums", steps: "Steps" },
} as const;

type Words = { [K in keyof typeof en]: (typeof en)[K] extends string ? string : Record<keyof (typeof en)[K], string> };

const cy: Words = {
  turn: "{title} mewn tri dimensiwn. Mae'r bysellau saeth yn ei droi, plws a minws yn newid y pellter, Home yn dangos y cyfan.",
  missing: "Ni ellid llwytho'r model: saif blwch o'i faint yn ei le.",
  floor: "Ar eich llawr eich hun",
  floorHelp: "Yn ei roi ar y llawr o'ch blaen, yn ei faint go iawn.",
  leave: "Gadael y penset",
  headset: "Penset",
  rooms: "Ystafelloedd",
  stations: "Mannau i sefyll",
  here: "Rydych chi yma",
  loading: "Yn adeiladu'r ystafell",
  failed: "Ni ellid llwytho'r ystafell.",
  again: "Rhowch gynnig arall arni",
  sound: "Sain",
  captions: "Capsiynau ar gyfer synau",
  catalogue: "I'r catalog",
  picture: "Yr ystafell. Llusgwch i edrych o gwmpas, pwyswch farc ar y llawr i fynd yno, drws i fynd drwyddo.",
  goThrough: "Ewch drwyddo",
  closedDoor: "Nid yw'n arwain i unman eto",
  look: "Edrychwch arno'n fanwl",
  noPicture: "Nid yw'r porwr hwn yn lluniadu mewn tri dimensiwn (WebGL). Gellir darllen am yr ystafelloedd yn y catalog o hyd.",
  said: { door: "Mae drws yn agor ac yn cau", air: "Mae aer yn llifo o'r nenfwd", cabinet: "Mae'r cabinet yn hymian", steps: "Camau" },
};

/** The words of a language. */
export const words = (language: string): Words => (language === "cy" ? cy : en);
