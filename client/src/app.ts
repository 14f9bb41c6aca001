/** Wiring of the client. */
export {};
