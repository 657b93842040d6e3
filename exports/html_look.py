"""How the HTML report looks and what its script does. Both stand inside the page, and their hashes in its policy."""

from __future__ import annotations

import base64
import hashlib

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: #fff; color: #1a1a1a;
  font: 1rem/1.55 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif;
  overflow-wrap: anywhere; }
.page { max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .5rem 0 .25rem; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid #d0d0d0; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
p, ul, dl { max-width: 48rem; }
.lead { font-size: 1.1rem; color: #444; margin: 0 0 1rem; }
.muted { color: #595959; }
a { color: #0b4f94; }
a:focus-visible, button:focus-visible, summary:focus-visible, .scroll:focus-visible {
  outline: 3px solid #d55e00; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; max-width: none; }
figure { margin: 1rem 0; }
figcaption { font-size: .9rem; color: #595959; max-width: 48rem; }
.scroll { overflow-x: auto; border: 1px solid #d0d0d0; border-radius: 4px; }
.scroll svg { display: block; width: 100%; min-width: 46rem; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
.scroll table { min-width: 46rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid #e2e2e2;
  overflow-wrap: break-word; }
thead th { background: #f4f6f8; border-bottom: 2px solid #8a8a8a; vertical-align: bottom; }
tbody th { font-weight: 600; }
td.number { font-variant-numeric: tabular-nums; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: left;
  text-decoration: underline dotted; }
th button::after { content: "\\00a0\\2195"; color: #595959; }
th[aria-sort=ascending] button::after { content: "\\00a0\\2191"; color: inherit; }
th[aria-sort=descending] button::after { content: "\\00a0\\2193"; color: inherit; }
details { border: 1px solid #d0d0d0; border-radius: 4px; margin: .4rem 0; }
summary { cursor: pointer; padding: .45rem .7rem; }
details > :not(summary) { margin-left: .9rem; margin-right: .9rem; }
blockquote { margin: .5rem .9rem; padding: .1rem .9rem; border-left: 4px solid #79b4dd; max-width: 48rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { color: #595959; }
dd { margin: 0; }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; list-style: none; max-width: none; }
.numbers li { border: 1px solid #d0d0d0; border-radius: 4px; padding: .5rem .9rem; min-width: 8rem; }
.numbers b { display: block; font-size: 1.5rem; line-height: 1.2; }
.note { border-left: 4px solid #d55e00; padding: .1rem .9rem; background: #fdf6f0; max-width: 48rem; }
code { font-size: .9em; }
@media (max-width: 40rem) {
  h1 { font-size: 1.5rem; }
  .page { padding: .75rem .9rem 2rem; }
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .4rem; }
}
@media print {
  @page { margin: 15mm; }
  nav, .skip, .tool { display: none; }
  body { font-size: 9.5pt; }
  h2, h3 { break-after: avoid; }
  figure, tr, details { break-inside: avoid; }
  .scroll { overflow: visible; border: 0; }
  .scroll svg, .scroll table { min-width: 0; }
  details::details-content { content-visibility: visible; height: auto; }
  details dl { display: block; }
  details dt, details dd { display: inline; }
  details dt::after { content: ": "; }
  details dd::after { content: " \\00b7 "; }
  a { color: inherit; }
}
"""

# Sorting, opening what a link points at, and opening all for paper. The page says everything without it.
SCRIPT = """
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
      const compare = new Intl.Collator("en", { numeric: true }).compare;
      const rows = [...body.rows].sort((a, b) => compare(key(a), key(b)));
      body.append(...(up ? rows : rows.reverse()));
    });
  });
}
const all = [...document.querySelectorAll("details")];
const reveal = () => {
  const found = document.getElementById(location.hash.slice(1));
  const around = found && found.closest("details");
  if (around) { around.open = true; found.scrollIntoView(); }
};
addEventListener("hashchange", reveal);
reveal();
for (const button of document.querySelectorAll("button.tool")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const inside = [...button.closest("section").querySelectorAll("details")];
    const open = !inside.every((one) => one.open);
    inside.forEach((one) => { one.open = open; });
    button.textContent = open ? "Close all" : "Open all";
  });
}
let closed = [];
addEventListener("beforeprint", () => {
  closed = all.filter((one) => !one.open);
  closed.forEach((one) => { one.open = true; });
});
addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
"""


def policy() -> str:
    """Return the content security policy (CSP3): this style and this script, and nothing from anywhere."""
    style, script = (f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in _BOTH)
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


_BOTH = (STYLE, SCRIPT)
