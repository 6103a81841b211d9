// Parts of a page that show what goes on elsewhere: asked for anew when the server tells of news.

const parts = [...document.querySelectorAll("[data-live]")];
let under = false;
let again = false;

/** Put a part as it is now in the place of how it was; focus stays where it was. */
async function renew(part) {
  const answer = await fetch(part.dataset.live, { credentials: "same-origin" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const had = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.replaceChildren(...fresh.body.childNodes);
  if (had) document.getElementById(had)?.focus();
}

/** All parts, one after another; news that come meanwhile are looked at once more, not many times. */
async function renewAll() {
  again = true;
  if (under) return;
  under = true;
  while (again) {
    again = false;
    try {
      for (const part of parts) await renew(part);
    } catch {
      // the server is gone: what is shown stays
    }
  }
  under = false;
}

if (parts.length) {
  const events = new EventSource(parts[0].dataset.events);
  // Once more at the start: between the page and its stream something may have moved.
  for (const kind of ["hello", "runs"]) events.addEventListener(kind, renewAll);
  globalThis.addEventListener("pagehide", () => events.close());
  globalThis.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
