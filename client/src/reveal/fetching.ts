/** The way to the server's JSON with the token of the session, which came in the address's fragment and stays in this browser. */

export class FetchError extends Error {
  constructor(readonly status: number, readonly what: string) {
    super(what);
  }
}

const keyOf = (session: string): string => `resilience.token.${session}`;

/** Takes the token from the fragment and keeps it, so that the debrief opens again without it; or the kept one. */
export function sessionToken(session: string, fragment: string, storage: Pick<Storage, "getItem" | "setItem"> | null): string | null {
  const given = decodeURIComponent(fragment.replace(/^#/, ""));
  // Other fragments are moments of the page (#t=4850): a token holds no "=".
  if (given !== "" && !given.includes("=")) {
    storage?.setItem(keyOf(session), given);
    return given;
  }
  return storage?.getItem(keyOf(session)) ?? null;
}

export async function getJson<T>(url: string, token: string | null): Promise<T> {
  const response = await fetch(url, {
    headers: { Accept: "application/json", ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
  });
  if (!response.ok) throw new FetchError(response.status, await told(response));
  return (await response.json()) as T;
}

/** The server's own words where it gave some (what, where, fix), else the status. */
async function told(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { what?: string; fix?: string };
    return [body.what, body.fix].filter(Boolean).join(" ") || `${response.status}`;
  } catch {
    return `${response.status}`;
  }
}
