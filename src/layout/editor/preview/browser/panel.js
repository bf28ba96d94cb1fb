// The lists beside the pages: errors, problems, slots, changes.

import { choose, goTo, openPlace, showPlace } from "./preview.js";
import { read, say } from "./words.js";

const $ = (id) => document.getElementById(id);

function element(name, text = "", kind = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

/** A place as it is read: from the folder, where the file is in it. */
export function spot(place, { folder }) {
  if (!place) return "";
  const file = place.file.startsWith(folder) ? place.file.slice(folder.length).replace(/^[\\/]/, "") : place.file;
  return `${file}:${place.line}:${place.column}`;
}

/** What keeps the issue from being built, over the last good pages. */
export function showErrors(state) {
  const { errors, view } = state;
  const box = $("errors");
  box.hidden = !errors.length;
  if (!errors.length) return box.replaceChildren();
  const list = element("ol");
  for (const error of errors) {
    const item = element("li");
    if (error.place) {
      const link = element("button", spot(error.place, state), "spot");
      link.addEventListener("click", () => {
        showPlace({ ...error.place, page: null, rectangle: null, text: read(error.what) });
        openPlace();
      });
      item.append(link, " ");
    }
    item.append(element("strong", read(error.what)), " ", element("small", `[${error.rule}]`));
    if (read(error.remedy)) item.append(element("div", `→ ${read(error.remedy)}`, "remedy"));
    list.append(item);
  }
  box.replaceChildren(...(view ? [element("p", say("stale"))] : []), list);
}

/** All problems, the gravest first; `search` leaves those that hold it. */
export function showProblems(state, chosen, search) {
  const { view } = state;
  const all = view?.problems ?? [];
  $("tab-problems").replaceChildren(say("problems"), ...(all.length ? [element("b", all.length, all[0].severity)] : []));
  const wanted = search.trim().toLowerCase();
  const found = all.filter((problem) =>
    `${read(problem.what)} ${read(problem.remedy)} ${problem.rule} ${spot(problem.place, state)}`.toLowerCase().includes(wanted),
  );
  $("problem-list").replaceChildren(
    ...found.map((problem) => {
      const item = element("li", "", `${problem.severity}${problem === chosen ? " chosen" : ""}`);
      const button = element("button");
      const where = problem.page ? say("page", problem.page) : "";
      button.append(
        element("b", say(problem.severity)), " ", element("span", where, "where"), " ", read(problem.what), " ",
        element("small", `[${problem.rule}]`),
      );
      if (read(problem.remedy)) button.append(element("div", `→ ${read(problem.remedy)}`, "remedy"));
      if (problem.place) button.append(element("code", spot(problem.place, state)));
      button.addEventListener("click", () => choose(problem));
      item.append(button);
      return item;
    }),
  );
  if (view && !all.length) $("problem-list").append(element("li", say("no_problems"), "none"));
}

/** How full each slot is. */
export function showSlots({ view }) {
  const slots = view?.slots ?? [];
  const over = slots.filter((slot) => slot.room < 0).length;
  $("tab-slots").replaceChildren(say("slots"), ...(over ? [element("b", over, "error")] : []));
  let page = 0;
  const parts = [];
  for (const slot of slots) {
    if (slot.page !== page) {
      page = slot.page;
      parts.push(element("h2", say("page", page, view.pages[page - 1]?.name)));
    }
    const bar = element("button", "", `slot${slot.room < 0 ? " over" : ""}`);
    bar.dataset.article = slot.article;
    const meter = element("span", "", "bar");
    const full = element("span", "", "full");
    const most = Math.max(slot.holds, slot.has, 1);
    full.style.width = `${(100 * Math.min(slot.has, slot.holds)) / most}%`;
    meter.append(full);
    if (slot.room < 0) {
      const over = element("span", "", "over");
      over.style.width = `${(100 * -slot.room) / most}%`;
      meter.append(over);
    }
    const room = slot.room < 0 ? say("over", -slot.room) : slot.room ? say("room", slot.room) : say("full");
    const agreed = slot.length ? ` · ${say("agreed", slot.length)}` : "";
    bar.append(
      element("span", slot.title, "name"), meter,
      element("small", `${say("holds", slot.has, slot.holds)} · ${room}${agreed}`),
    );
    bar.addEventListener("click", () => {
      goTo(slot.page);
      showPlace(slot.place && { ...slot.place, page: slot.page, rectangle: null, text: slot.title });
    });
    parts.push(bar);
  }
  $("slots").replaceChildren(...parts);
}

/** What moved since the build before. */
export function showChanges({ view }) {
  $("tab-changes").textContent = say("changes");
  const { articles = [], pages = [] } = view?.changes ?? {};
  const parts = [];
  const count = (page, kind) => pages.filter((change) => change.page === page && change.kind === kind).length;
  for (const one of view?.pages ?? []) {
    const [moved, fresh] = [count(one.number, "moved"), count(one.number, "new")];
    const on = articles.filter((change) => change.page === one.number);
    if (!moved && !fresh && !on.length) continue;
    const button = element("button", "", "slot");
    const said = [moved && say("moved", moved), fresh && say("fresh", fresh)].filter(Boolean).join(" · ");
    button.append(element("span", say("page", one.number, one.name), "name"), element("small", said));
    button.addEventListener("click", () => goTo(one.number));
    parts.push(button);
    for (const change of on) parts.push(element("p", `${change.article}: ${read(change.words)}`));
  }
  for (const change of articles.filter((one) => !view.pages.some((page) => page.number === one.page))) {
    parts.push(element("p", `${change.article}: ${read(change.words)}`));
  }
  $("changes").replaceChildren(...(parts.length ? parts : [element("p", say("no_changes"), "none")]));
}
