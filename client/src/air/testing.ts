import { readFileSync } from "node:fs";
import { AirField } from "./field";

/** The field as it lies beside this file, for tests. */
export const readField = (): Promise<AirField> => AirField.read(new Blob([readFileSync(new URL("./cabinet.bin", import.meta.url))]));
