// The preview: keeps the state that the program tells, and shows the pages.

import { language, read, say, switchLanguage } from "./words.js";
import { showChanges, showErrors, showProblems, showSlots, spot } from "./panel.js";

const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const PX = 96 / 72; // CSS pixels a point
const ZOOMS = [0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const MOST = 6; // pixels a point, more than which the program does not draw

let state = { view: null, errors: [] };
let page = 1; // the page that is looked at
let zoom = "whole"; // or "width", or a number
let place = null; // what was clicked: page, rectangle, file, line, column
let chosen = null; // the problem that was chosen
let lost = false;
const on = { spreads: true, thumbnails: true, marks: true, compare: false, before: false };

// Pages and spreads.

const pages = () => state.view?.pages ?? [];

/** The numbers of the pages on view: page 1 stands alone, then they face each other. */
function spread() {
  const last = pages().length;
  if (!on.spreads || page === 1 || last < 2) return [Math.min(page, last || 1)];
  const left = page - (page % 2);
  return left + 1 <= last ? [left, left + 1] : [left];
}

function turn(step) {
  const shown = spread();
  goTo(step > 0 ? shown[shown.length - 1] + 1 : shown[0] - 1);
}

function goTo(number) {
  if (!pages().length) return;
  page = Math.min(Math.max(1, number), pages().length);
  showPages();
}

/** CSS pixels of a length in pt: as many pixels of the screen as its picture has, which is shown pixel for pixel. */
const whole = (length, pixels) => Math.ceil(length * pixels - 0.01) / window.devicePixelRatio;

/** CSS pixels a point at the present zoom. */
function scale() {
  if (typeof zoom === "number") return zoom * PX;
  const shown = spread().map((number) => pages()[number - 1]).filter(Boolean);
  if (!shown.length) return PX;
  const stage = $("stage");
  const width = shown.reduce((sum, one) => sum + one.width, 0);
  const height = Math.max(...shown.map((one) => one.height));
  const wide = (stage.clientWidth - 40) / width;
  return Math.max(0.2, zoom === "width" ? wide : Math.min(wide, (stage.clientHeight - 64) / height));
}

function address(number, pixels) {
  const built = on.before && state.view.previous ? state.view.previous : state.view.build;
  const wanted = Math.min(pixels, MOST).toFixed(3);
  const digest = on.before ? "" : `&digest=${pages()[number - 1].digest}`;
  return { url: `/pages/${built}/${number}.jpg?scale=${wanted}${digest}`, key: `${number} ${wanted} ${digest || built}` };
}

/** Shows a picture only when it has come, so that nothing flickers; one that prints alike stays. */
async function bring(image, number, pixels) {
  const { url, key } = address(number, pixels);
  if (image.dataset.key === key) return;
  image.dataset.wanted = key;
  const next = new Image();
  next.src = url;
  try {
    await next.decode();
  } catch {
    if (image.dataset.wanted === key) image.closest("figure").classList.add("undrawn");
    return;
  }
  if (image.dataset.wanted !== key) return;
  image.closest("figure")?.classList.remove("undrawn");
  image.src = url;
  image.dataset.key = key;
  await image.decode().catch(() => {});
  image.dataset.build = state.view.build;
}

function showPages() {
  const stage = $("stage");
  const shown = spread().filter((number) => pages()[number - 1]);
  const there = [...stage.querySelectorAll("figure")].map((figure) => Number(figure.dataset.page));
  if (String(there) !== String(shown)) stage.replaceChildren(...shown.map(newFigure));
  const pixels = Number((scale() * window.devicePixelRatio).toFixed(3)); // of the screen, a point
  for (const figure of stage.querySelectorAll("figure")) {
    const one = pages()[figure.dataset.page - 1];
    const sheet = figure.querySelector(".sheet");
    sheet.style.width = `${whole(one.width, pixels)}px`;
    sheet.style.height = `${whole(one.height, pixels)}px`;
    figure.querySelector("figcaption").textContent = say("page", one.number, one.name);
    const image = figure.querySelector("img");
    image.alt = say("page", one.number, one.name);
    bring(image, one.number, pixels);
    showMarks(figure, one);
  }
  $("where").textContent = pages().length ? `${shown.join("–")} / ${pages().length}` : "";
  $("zoom").textContent = typeof zoom === "number" ? `${Math.round(zoom * 100)} %` : say(zoom);
  for (const item of $("strip").children) {
    const current = shown.includes(Number(item.dataset.page));
    item.setAttribute("aria-current", current ? "page" : "false");
    if (current) item.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function newFigure(number) {
  const figure = document.createElement("figure");
  figure.dataset.page = number;
  figure.innerHTML = '<div class="sheet"><img draggable="false"><svg></svg></div><figcaption></figcaption>';
  figure.querySelector(".sheet").addEventListener("click", (event) => look(event, number));
  figure.querySelector(".sheet").addEventListener("dblclick", () => openPlace());
  figure.dataset.undrawn = say("undrawn");
  return figure;
}

// What is marked on a page.

function showMarks(figure, one) {
  const svg = figure.querySelector("svg");
  svg.setAttribute("viewBox", `0 0 ${one.width} ${one.height}`);
  const rectangles = [];
  if (on.compare && !on.before) {
    for (const change of state.view.changes.pages) {
      if (change.page === one.number) rectangles.push(mark(change.rectangle, change.kind, 0.5));
    }
  }
  if (on.marks && !on.before) {
    state.view.problems.forEach((problem) => {
      if (problem.page !== one.number) return;
      for (const rectangle of problem.rectangles) {
        const drawn = mark(rectangle, `${problem.severity}${problem === chosen ? " chosen" : ""}`, problem === chosen ? 3 : 1.5);
        const title = document.createElementNS(SVG, "title");
        title.textContent = `${read(problem.what)} [${problem.rule}]`;
        drawn.append(title);
        drawn.addEventListener("click", (event) => {
          choose(problem);
          event.stopPropagation();
        });
        rectangles.push(drawn);
      }
    });
  }
  if (place?.page === one.number && place.rectangle) rectangles.push(mark(place.rectangle, "place", 1));
  svg.replaceChildren(...rectangles);
}

function mark([x, y, width, height], kind, air) {
  const drawn = document.createElementNS(SVG, "rect");
  const wide = Math.max(width, 6), high = Math.max(height, 6);
  drawn.setAttribute("x", x - air - (wide - width) / 2);
  drawn.setAttribute("y", y - air - (high - height) / 2);
  drawn.setAttribute("width", wide + 2 * air);
  drawn.setAttribute("height", high + 2 * air);
  drawn.setAttribute("class", kind);
  return drawn;
}

// Places in the files.

async function look(event, number) {
  const box = event.currentTarget.getBoundingClientRect();
  const one = pages()[number - 1];
  const x = ((event.clientX - box.left) / box.width) * one.width;
  const y = ((event.clientY - box.top) / box.height) * one.height;
  const build = state.view.build;
  const answer = await fetch(`/place?build=${build}&page=${number}&x=${x.toFixed(2)}&y=${y.toFixed(2)}`);
  const found = answer.ok ? await answer.json() : null;
  showPlace(found && { ...found.place, page: number, rectangle: found.rectangle, text: found.text, link: found.link });
}

export function showPlace(found) {
  place = found;
  $("place").hidden = !found;
  if (found) {
    $("place-file").textContent = spot(found, state);
    $("place-text").textContent = found.text ?? "";
  }
  showPages();
}

/** Asks the program to open the chosen place, which names a link where it has no command for it. */
export async function openPlace() {
  if (!place) return;
  const { file, line, column } = place;
  const answer = await fetch("/open", {
    method: "POST",
    headers: { "content-type": "application/json", "x-layout-token": document.documentElement.dataset.token },
    body: JSON.stringify({ file, line, column }),
  });
  if (!answer.ok) {
    $("place-text").textContent = (await answer.text()) || `${answer.status}`;
    return;
  }
  const { link } = await answer.json();
  if (link) window.location.href = link;
  else $("place-text").textContent = say("opened");
}

export function choose(problem) {
  chosen = problem;
  if (problem.page && problem.page !== page) goTo(problem.page);
  showPlace(problem.place && { ...problem.place, page: problem.page, rectangle: null, text: read(problem.what) });
  showProblems(state, chosen, $("search").value);
  const first = document.querySelector("#stage .chosen");
  first?.scrollIntoView({ block: "center", inline: "nearest" });
}

function chooseNext(step) {
  const problems = state.view?.problems ?? [];
  if (!problems.length) return;
  const at = problems.indexOf(chosen);
  select("problems");
  choose(problems[(at + step + problems.length) % problems.length]);
}

// The strip of small pages.

function showStrip() {
  $("strip").hidden = !on.thumbnails;
  if (!on.thumbnails) return;
  const strip = $("strip");
  if (strip.children.length !== pages().length) {
    strip.replaceChildren(
      ...pages().map((one) => {
        const button = document.createElement("button");
        button.dataset.page = one.number;
        button.innerHTML = "<figure><img alt=''><figcaption></figcaption></figure>";
        button.addEventListener("click", () => goTo(one.number));
        return button;
      }),
    );
  }
  for (const button of strip.children) {
    const one = pages()[button.dataset.page - 1];
    const bad = state.view.problems.filter((p) => p.page === one.number && p.severity !== "note");
    button.className = bad.some((p) => p.severity === "error") ? "error" : bad.length ? "warning" : "";
    button.querySelector("figcaption").textContent = say("page", one.number, one.name);
    const image = button.querySelector("img");
    image.width = 108;
    image.height = (108 * one.height) / one.width;
  }
}

/** Small pictures come after the large ones: those are what the editor waits for. */
async function bringStrip() {
  for (const button of $("strip").children) {
    const small = button.querySelector("img");
    const number = Number(button.dataset.page);
    await bring(small, number, (small.width * window.devicePixelRatio) / pages()[number - 1].width);
  }
}

// All of it.

function showStatus() {
  const status = $("status");
  const { view, errors, checked, latency } = state;
  const bad = errors.length || (view?.problems ?? []).filter((p) => p.severity === "error").length;
  const warned = (view?.problems ?? []).filter((p) => p.severity === "warning").length;
  status.className = lost || bad ? "error" : warned ? "warning" : "good";
  if (lost) status.textContent = say("lost");
  else if (!view && !errors.length) status.textContent = say("building");
  else {
    const parts = errors.length ? [] : [say("built", Math.round(latency * 1000))];
    if (bad) parts.push(say("errors", bad));
    if (warned) parts.push(say("warnings", warned));
    if (!errors.length && !checked) parts.push(say("checking"));
    else if (!bad) parts.push(say("ready"));
    status.textContent = parts.join(" · ");
  }
}

function show() {
  for (const [name, value] of Object.entries(on)) $(name).setAttribute("aria-pressed", value);
  document.title = state.view ? state.view.title : "layout";
  $("title").textContent = state.view ? state.view.title : "layout";
  document.body.classList.toggle("stale", state.errors.length > 0);
  document.body.classList.toggle("looking-back", on.before);
  $("before").disabled = $("compare").disabled = !state.view?.previous;
  showStatus();
  showErrors(state);
  showStrip();
  showPages();
  showProblems(state, chosen, $("search").value);
  showSlots(state);
  showChanges(state);
  bringStrip();
}

function showWords() {
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-title]")) one.title = say(one.dataset.title);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", say(one.dataset.label));
  for (const one of document.querySelectorAll("button[data-title]:not([data-say])")) {
    one.setAttribute("aria-label", say(one.dataset.title));
  }
  $("search").placeholder = say("search");
  $("search").setAttribute("aria-label", say("search"));
  $("language").textContent = say("other");
  $("keys").querySelector("dl").replaceChildren(
    ...say("keys").flatMap(([key, what]) => {
      const [term, words] = [document.createElement("dt"), document.createElement("dd")];
      term.replaceChildren(...(what ? key.split(" ").map(keycap) : []));
      words.textContent = what;
      return [term, words];
    }),
  );
}

function keycap(name) {
  const cap = document.createElement("kbd");
  cap.textContent = name;
  return cap;
}

export function select(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const is = tab.getAttribute("aria-controls") === name;
    tab.setAttribute("aria-selected", is);
    $(tab.getAttribute("aria-controls")).hidden = !is;
  }
}

function toggle(name) {
  if ($(name).disabled) return;
  on[name] = !on[name];
  show();
}

function magnify(step) {
  const now = scale() / PX;
  const known = step > 0 ? ZOOMS.find((z) => z > now + 0.01) : ZOOMS.findLast((z) => z < now - 0.01);
  zoom = known ?? zoom;
  showPages();
}

function fit() {
  zoom = { whole: "width", width: 1 }[zoom] ?? "whole";
  showPages();
}

function changeLanguage() {
  switchLanguage(language === "zh" ? "en" : "zh");
  showWords();
  show();
}

const KEYS = {
  ArrowLeft: () => turn(-1), ArrowRight: () => turn(1), PageUp: () => turn(-1), PageDown: () => turn(1),
  Home: () => goTo(1), End: () => goTo(pages().length),
  "+": () => magnify(1), "=": () => magnify(1), "-": () => magnify(-1), "−": () => magnify(-1), 0: fit,
  s: () => toggle("spreads"), t: () => toggle("thumbnails"), m: () => toggle("marks"), c: () => toggle("compare"),
  b: () => toggle("before"), l: changeLanguage, n: () => chooseNext(1), p: () => chooseNext(-1),
  "/": () => { select("problems"); $("search").focus(); },
  "?": () => $("keys").showModal(), Enter: openPlace,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  const target = event.target;
  if (target.matches("input")) {
    if (event.key === "Escape") $("stage").focus();
    return;
  }
  if (event.key === "Enter" && target.matches("button, a")) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

for (const name of Object.keys(on)) $(name).addEventListener("click", () => toggle(name));
$("back").addEventListener("click", () => turn(-1));
$("forth").addEventListener("click", () => turn(1));
$("smaller").addEventListener("click", () => magnify(-1));
$("larger").addEventListener("click", () => magnify(1));
$("zoom").addEventListener("click", fit);
$("language").addEventListener("click", changeLanguage);
$("help").addEventListener("click", () => $("keys").showModal());
$("open").addEventListener("click", openPlace);
$("search").addEventListener("input", () => showProblems(state, chosen, $("search").value));
for (const tab of document.querySelectorAll("[role=tab]")) {
  tab.addEventListener("click", () => select(tab.getAttribute("aria-controls")));
}
new ResizeObserver(() => state.view && showPages()).observe($("stage"));

switchLanguage(language);
showWords();
show();

const events = new EventSource("/events");
events.onmessage = (message) => {
  lost = false;
  state = JSON.parse(message.data);
  chosen = state.view?.problems.find((one) => chosen && one.rule === chosen.rule && one.what.en === chosen.what.en) ?? null;
  if (place?.rectangle) place.rectangle = null; // it may have moved
  show();
};
events.onerror = () => {
  lost = true;
  showStatus();
};
export { goTo };
