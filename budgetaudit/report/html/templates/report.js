// The report of one document: its findings, its tables, its checks.
const data = page.data("check-data");
const texts = page.data("texts");
const SHOWN = 200;

const byId = (id) => document.getElementById(id);

// ---------------------------------------------------------------------------------------------------------- findings

const findings = Array.from(document.querySelectorAll(".finding"));
const wanted = { level: "", text: "" };

function filterFindings() {
  let shown = 0;
  for (const finding of findings) {
    const fits = !wanted.level || finding.dataset.severity === wanted.level;
    const found = fits && (!wanted.text || finding.textContent.toLowerCase().includes(wanted.text));
    finding.hidden = !found;
    if (found) shown += 1;
  }
  byId("finding-count").textContent = page.fill(texts.shown, { shown, all: findings.length });
}

if (findings.length) {
  page.choice(byId("finding-levels"), (value) => {
    wanted.level = value;
    filterFindings();
  });
  const field = byId("finding-search");
  field.addEventListener("input", page.later(() => {
    wanted.text = field.value.trim().toLowerCase();
    filterFindings();
  }));
}
page.stops = () => findings.filter((finding) => !finding.hidden);

const current = () => findings.find((finding) => finding.contains(document.activeElement)) || null;

page.keys.o = () => {
  const at = current();
  const fold = at && (at.tagName === "DETAILS" ? at : at.querySelector("details"));
  if (fold) fold.open = !fold.open;
};
page.keys.p = () => {
  const picture = current() && current().querySelector(".zoom");
  if (picture) showPage(picture);
};

// ------------------------------------------------------------------------------------------------------- whole pages

const SVG = "http://www.w3.org/2000/svg";

function showPage(button) {
  const number = button.dataset.page;
  const image = byId("p" + number);
  const marks = [];
  const finding = button.closest(".finding");
  for (const other of finding.querySelectorAll(".zoom")) {
    if (other.dataset.page === number) marks.push(...other.querySelectorAll(".wide-cut rect"));
  }
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 " + image.getAttribute("width") + " " + image.getAttribute("height"));
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", "#p" + number);
  svg.append(use, ...marks.map((mark) => mark.cloneNode(true)));
  byId("whole-name").textContent = page.fill(texts.page, { page: number });
  byId("whole-page").replaceChildren(svg);
  page.open("whole");
  const box = svg.querySelector("rect.culprit") || svg.querySelector("rect");
  if (box) box.scrollIntoView({ block: "center", inline: "center" });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".zoom");
  if (button) showPage(button);
  if (selected && !event.target.closest("table.cells, #cell")) showCell(null);
});

// ------------------------------------------------------------------------------------------------------------ tables

let selected = null;

function checkLine(row) {
  const line = page.make("li");
  line.append(page.make("span", texts.verdicts[row[0]][1], { class: "badge " + texts.verdicts[row[0]][0] }), " ");
  line.append(page.make("span", data.rules[row[1]], { class: "soft" }), " " + row[4]);
  const rest = [];
  if (row[6]) rest.push(page.fill(texts.expected, { value: row[6] }));
  if (row[7]) rest.push(page.fill(texts.difference, { value: row[7] }));
  if (row[8]) rest.push(row[8]);
  if (rest.length) line.append(page.make("div", rest.join(" · "), { class: "soft" }));
  return line;
}

function showCell(cell) {
  if (selected) selected.removeAttribute("aria-selected");
  selected = cell;
  if (!cell) {
    byId("cell").hidden = true;
    return;
  }
  cell.setAttribute("aria-selected", "true");
  const state = texts.states[cell.className.replace("s-", "")];
  const said = byId("cell-said");
  const numbers = cell.dataset.c ? cell.dataset.c.split(" ").map(Number) : [];
  const list = page.make("ul");
  list.append(...numbers.map((number) => checkLine(data.rows[number])));
  said.replaceChildren(
    page.make("p", cell.dataset.n, { class: "soft" }),
    page.make("p", (cell.textContent || texts.blank) + " · " + state),
    list
  );
  if (!numbers.length) said.append(page.make("p", texts.alone, { class: "soft" }));
  byId("cell").hidden = false;
}

// The next figure in a direction: the nearest one whose middle lies that way, on the same line where there is one.
function neighbour(cell, x, y) {
  const here = cell.getBoundingClientRect();
  let best = null;
  let least = Infinity;
  for (const other of cell.closest("table").querySelectorAll("[data-c]")) {
    const there = other.getBoundingClientRect();
    const across = (there.left + there.right - here.left - here.right) / 2;
    const down = (there.top + there.bottom - here.top - here.bottom) / 2;
    const ahead = x ? across * x : down * y;
    const aside = Math.abs(x ? down : across);
    const distance = ahead + aside * 4;
    if (ahead > 2 && distance < least) [best, least] = [other, distance];
  }
  return best;
}

function moveTo(cell) {
  if (!cell) return;
  for (const other of cell.closest("table").querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
  showCell(cell);
}

for (const table of document.querySelectorAll("table.cells")) {
  const first = table.querySelector("[data-c]");
  if (first) first.tabIndex = 0;
  table.addEventListener("click", (event) => moveTo(event.target.closest("[data-c]")));
  table.addEventListener("mouseover", (event) => {
    const cell = event.target.closest("[data-c]");
    if (cell && !cell.title) cell.title = cell.dataset.n + " " + cell.textContent + " · " + texts.states[cell.className.replace("s-", "")];
  });
  table.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const cell = event.target.closest("[data-c]");
    if (!cell) return;
    if (way) {
      event.preventDefault();
      moveTo(neighbour(cell, way[0], way[1]));
    } else if (event.key === "Enter") showCell(cell);
  });
}
byId("cell-close").addEventListener("click", () => showCell(null));
page.keys.Escape = () => showCell(null);

// ------------------------------------------------------------------------------------------------------------ checks

const filter = { verdict: "", rule: "", table: "", text: "", limit: SHOWN };
const searched = data.rows.map(() => null);

function textOf(number) {
  if (searched[number] === null) {
    const row = data.rows[number];
    searched[number] = [data.rules[row[1]], row[3], row[4], row[6], row[7], row[8]].join(" ").toLowerCase();
  }
  return searched[number];
}

function fits(row, number) {
  if (filter.verdict !== "" && row[0] !== Number(filter.verdict)) return false;
  if (filter.rule !== "" && row[1] !== Number(filter.rule)) return false;
  if (filter.table === "-1" ? row[2].length : filter.table !== "" && !row[2].includes(Number(filter.table))) return false;
  return !filter.text || textOf(number).includes(filter.text);
}

function checkRow(row) {
  const line = page.make("tr", null, { "data-verdict": texts.verdicts[row[0]][0] });
  const verdict = page.make("td");
  verdict.append(page.make("span", texts.verdicts[row[0]][1], { class: "badge " + texts.verdicts[row[0]][0] }));
  const relation = page.make("td", row[4]);
  if (row[8]) relation.append(page.make("div", row[8], { class: "soft small" }));
  line.append(verdict, page.make("td", data.rules[row[1]]), page.make("td", row[3]), relation);
  line.append(page.make("td", row[6], { class: "right", "data-label": texts.should }));
  line.append(page.make("td", row[7], { class: "right", "data-label": texts.off }));
  return line;
}

function listChecks() {
  const found = data.rows.filter(fits);
  const shown = found.slice(0, filter.limit);
  byId("check-list").tBodies[0].replaceChildren(...shown.map(checkRow));
  byId("check-count").textContent = page.fill(texts.shown, { shown: shown.length, all: found.length });
  byId("check-more").hidden = shown.length === found.length;
}

function refilter(change) {
  Object.assign(filter, { limit: SHOWN }, change);
  listChecks();
}

page.choice(byId("check-verdicts"), (verdict) => refilter({ verdict }));
byId("check-rule").addEventListener("change", (event) => refilter({ rule: event.target.value }));
byId("check-table").addEventListener("change", (event) => refilter({ table: event.target.value }));
byId("check-search").addEventListener("input", page.later(() => {
  refilter({ text: byId("check-search").value.trim().toLowerCase() });
}));
byId("check-more").addEventListener("click", () => {
  filter.limit += SHOWN;
  listChecks();
});

page.search = () => {
  const checks = byId("checks").getBoundingClientRect();
  const field = byId(checks.top < window.innerHeight / 2 || !findings.length ? "check-search" : "finding-search");
  field.scrollIntoView({ block: "nearest" });
  field.focus();
  field.select();
};

listChecks();
page.start();
