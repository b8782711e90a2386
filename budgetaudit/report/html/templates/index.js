"use strict";
// Sorting and filtering of the rows that stand in the page.
const table = document.getElementById("files");
const body = table.tBodies[0];
const rows = Array.from(body.rows);
const filter = { verdict: "", text: "" };
const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

function refresh() {
  let shown = 0;
  for (const row of rows) {
    row.hidden = !(
      (!filter.verdict || row.dataset.verdict === filter.verdict) && (!filter.text || texts.get(row).includes(filter.text))
    );
    shown += !row.hidden;
  }
  document.getElementById("count").textContent = shown === rows.length ? "" : `${shown} / ${rows.length}`;
}

function value(row, column, kind) {
  const cell = row.cells[column];
  if (kind !== "number") return cell.textContent.trim();
  const text = cell.dataset.key || cell.textContent.trim();
  return text === "" ? -1 : Number(text);
}

for (const head of table.querySelectorAll("th[data-sort]")) {
  head.firstElementChild.addEventListener("click", () => {
    const kind = head.dataset.sort;
    const before = head.getAttribute("aria-sort");
    // Figures begin with the largest, words with the first.
    const down = before ? before === "ascending" : kind === "number";
    for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keys = new Map(rows.map((row) => [row, value(row, head.cellIndex, kind)]));
    const sign = down ? -1 : 1;
    rows.sort((a, b) => {
      const x = keys.get(a);
      const y = keys.get(b);
      return sign * (kind === "number" ? x - y : x.localeCompare(y, document.documentElement.lang));
    });
    body.append(...rows);
  });
}

page.choice(document.getElementById("verdicts"), (verdict) => {
  filter.verdict = verdict;
  refresh();
});
document.getElementById("search").addEventListener("input", page.later(() => {
  filter.text = document.getElementById("search").value.trim().toLowerCase();
  refresh();
}));
page.start();
