"use strict";
const say = JSON.parse(document.getElementById("words").textContent);
const $ = (id) => document.getElementById(id);
let data = null;
let here = 0;
let view = "text";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, does] of Object.entries(value)) element.addEventListener(event, does);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((c) => c !== null));
  return element;
}

async function ask(path, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function status(text, bad = false) {
  $("status").textContent = text;
  $("status").className = bad ? "bad" : "";
}

const rows = () => data.groups.flatMap((group) => group.rows.map((row) => ({ row, group })));
const openKeys = (row) => row.claims.filter((claim) => !claim.verdict).map((claim) => claim.key);

async function open(document_, keep = false) {
  data = await ask(`/data/${encodeURIComponent(document_)}`);
  if (!keep) here = Math.max(0, rows().findIndex(({ row }) => row.open));
  draw();
}

async function decide(decisions, forward = true) {
  if (!decisions.length) return;
  status(say.saving);
  try {
    data = await ask(`/decide/${encodeURIComponent(data.document)}`, { decisions });
    status(say.saved);
    const all = rows();
    if (forward && !all[here]?.row.open) {
      const next = all.findIndex(({ row }, i) => i > here && row.open);
      if (next >= 0) here = next;
    }
    draw();
  } catch (error) {
    status(say.failed.replace("{}", error.message), true);
  }
}

function draw() {
  $("title").textContent = data.title;
  $("title").dataset.document = data.document;
  $("progress").textContent = data.counts.open ? say.open.replace("{n}", data.counts.open) : say.done;
  $("claims").replaceChildren(...drawGroups());
  drawSource();
  const current = document.querySelector(".here");
  if (current) current.scrollIntoView({ block: "nearest" });
}

/* The columns of every table are the fields of its claims, as in the spreadsheet; what most of its rows share, the meeting of
   those who were there, is said once, in its heading. */
const COLUMNS = ["subject", "predicate", "object", "role", "onBehalfOf", "from", "until", "modality"];
const SHARED_FROM = 3;
const LONG = 24;

function drawGroups() {
  let number = -1;
  return data.groups.map((group) => {
    const claims = group.rows.flatMap((row) => row.claims);
    const sharing = claims.filter((claim) => claim.fields.object && claim.fields.object === claims[0].fields.object);
    const shared = sharing.length >= SHARED_FROM && sharing.length > group.rows.length / 2 ? claims[0].fields.object : null;
    const start = common(claims.map((claim) => claim.words.subject ?? ""));
    const columns = COLUMNS.filter((column) => claims.some((claim) => said(claim, column, shared)));
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, column === "object" ? say.what : say.sheet[column])), make("th", { class: "verdict" }))));
    let heading = null;
    for (const row of group.rows) {
      number += 1;
      if (row.heading !== heading && row.heading !== group.heading) table.append(make("tbody", {}, make("tr", {}, make("th", { colspan: columns.length + 1, class: "heading" }, row.heading))));
      heading = row.heading;
      table.append(drawRow(row, number, columns, shared, start));
    }
    const open_ = group.rows.flatMap(openKeys);
    const all = make("button", { on: { click: () => decide(open_.map((claim) => ({ claim, verdict: "accept" }))) } }, say.acceptAll);
    return make("section", { "data-group": group.id }, make("h2", {}, group.rows[0].heading, shared ? make("span", { class: "sure" }, claims[0].words.object) : null, open_.length ? all : null), table);
  });
}

const said = (claim, column, shared) => (column === "object" && shared && claim.fields.object === shared ? "" : (claim.shown[column] ?? ""));

/* how far all of these names begin alike, up to a word of its own */
function common(names) {
  const [first, ...others] = new Set(names);
  if (!others.length) return "";
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  const start = first.slice(0, first.slice(0, length).lastIndexOf(" ") + 1);
  return start.length >= LONG ? start : "";
}

function drawRow(row, number, columns, shared, start) {
  const current = number === here;
  const lines = row.claims.map((claim, i) => {
    const again = i > 0 && claim.fields.subject === row.claims[0].fields.subject;
    const cells = columns.map((column) => make("td", { class: column }, ...(again && column === "subject" ? [] : drawField(column, claim, shared, start))));
    return make("tr", { class: claim.verdict }, ...cells, i ? make("td", {}) : drawVerdict(row));
  });
  if (current) lines.push(make("tr", { class: "does" }, make("td", { colspan: columns.length + 1 }, tools(row))));
  return make("tbody", { class: [current ? "here" : "", row.open ? "" : "done"].join(" "), "data-row": row.id, on: { click: () => { if (!current) { here = number; draw(); } } } }, ...lines);
}

function drawVerdict(row) {
  const verdicts = [...new Set(row.claims.map((claim) => claim.verdict))].filter(Boolean);
  const shown = verdicts.map((verdict) => make("div", { class: verdict }, verdict === "accept" ? say.accepted : say.rejected));
  const sure = make("div", { class: "sure", title: say.confidence }, `${Math.round(row.claims[0].confidence * 100)} %`);
  return make("td", { class: "verdict" }, ...(shown.length ? shown : [sure]));
}

function drawField(column, claim, shared, start) {
  const text = said(claim, column, shared);
  const name = data.names[claim.fields[column]];
  if (!name || !text) return [text];
  const whole = column === "subject" && start && text.startsWith(start) ? `… ${text.slice(start.length)}` : text;
  const words = make("b", { title: name.id ? [text, ...name.known.map((k) => k.said)].filter(Boolean).join("; ") : text }, whole);
  if (name.id) return [words];
  if (name.like.length) return [words, " ", make("span", { class: "maybe" }, `${say.maybe} ${name.like.map((k) => k.label).join(", ")}?`)];
  return [words, " ", make("span", { class: "new" }, say.unknown)];
}

function tools(row) {
  const button = (text, does) => make("button", { type: "button", on: { click: (event) => { event.stopPropagation(); does(); } } }, text);
  return make("div", { class: "tools" }, row.open ? button(say.accept, accept) : button(say.undo, undo), button(say.mend, mend), button(say.reject, reject), button(say.name, who));
}

function marked() {
  const current = rows()[here];
  return current ? current.row.claims.map((claim) => claim.place).filter(Boolean) : [];
}

function drawSource() {
  $("views").replaceChildren();
  if (data.pages) {
    for (const one of ["text", "page"]) {
      $("views").append(make("button", { role: "tab", "aria-selected": String(view === one), on: { click: () => { view = one; drawSource(); } } }, say[one]));
    }
  }
  const paged = view === "page" && data.pages > 0;
  $("text").hidden = paged;
  $("image").hidden = !paged;
  if (paged) drawPage();
  else drawText();
}

function drawText() {
  const places = marked();
  const lines = data.lines.map((line, i) => {
    const element = make("span", { class: `line ${line.kind}`, "data-start": line.start }, make("span", { class: "number" }, String(i + 1)));
    let at = line.start;
    for (const [start, end] of places) {
      const from = Math.max(start, at);
      const to = Math.min(end, line.end);
      if (from < to) {
        element.append(points(at, from), make("mark", {}, points(from, to)));
        at = to;
      }
    }
    element.append(points(at, line.end));
    return element;
  });
  $("text").replaceChildren(...lines);
  const first = document.querySelector("mark");
  if (first) first.scrollIntoView({ block: "center" });
}

/* offsets count code points, JavaScript's strings count UTF-16 units */
let characters = null;
function points(start, end) {
  if (!characters || characters.of !== data.text) characters = { of: data.text, list: Array.from(data.text) };
  return characters.list.slice(start, end).join("");
}

function drawPage() {
  const places = marked();
  const hit = data.lines.filter((line) => line.box && places.some(([start, end]) => start < line.end && line.start < end));
  const page = hit[0]?.page || 1;
  const source = `/page/${encodeURIComponent(data.document)}/${page}`;
  if (!$("picture").src.endsWith(source)) $("picture").src = source;
  $("picture").alt = `${say.page} ${page}`;
  const place = () => {
    const scale = $("picture").clientWidth / ($("picture").naturalWidth / 1.5);
    $("boxes").replaceChildren(...hit.filter((line) => line.page === page).map((line) => {
      const [left, top, right, bottom] = line.box.map((x) => x * scale);
      const box = make("div", {});
      Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
      return box;
    }));
    $("boxes").firstChild?.scrollIntoView({ block: "center" });
  };
  if ($("picture").complete && $("picture").naturalWidth) place();
  $("picture").onload = place;
}

const currentRow = () => rows()[here]?.row;

function accept() {
  const row = currentRow();
  if (row) decide(openKeys(row).map((claim) => ({ claim, verdict: "accept" })));
}

function acceptTable() {
  const group = rows()[here]?.group;
  if (group) decide(group.rows.flatMap(openKeys).map((claim) => ({ claim, verdict: "accept" })));
}

function undo() {
  const row = currentRow();
  if (row) decide(row.claims.filter((c) => c.verdict).map((c) => ({ claim: c.key, verdict: "undo" })), false);
}

function dialog(children, does) {
  const form = $("form");
  const submit = make("button", { type: "submit" }, say.save);
  const cancel = make("button", { type: "button", on: { click: () => $("dialog").close() } }, say.cancel);
  form.replaceChildren(...children, make("div", { class: "tools" }, submit, cancel));
  form.onsubmit = (event) => { event.preventDefault(); $("dialog").close(); does(new FormData(form)); };
  $("dialog").showModal();
  form.querySelector("input, select")?.focus();
}

const field = (name, label, value = "", more = {}) => make("label", {}, label, make("input", { name, value, ...more }));

function reject() {
  const row = currentRow();
  if (!row) return;
  dialog([field("reason", say.reason)], (given) => {
    const reason = given.get("reason");
    decide(row.claims.filter((c) => c.verdict !== "reject").map((c) => ({ claim: c.key, verdict: "reject", ...(reason ? { reason } : {}) })));
  });
}

function mend() {
  const row = currentRow();
  if (!row) return;
  const parts = row.claims.flatMap((claim, i) => {
    const inputs = [];
    if (claim.fields.value !== undefined) inputs.push(field(`value-${i}`, `${claim.words.predicate}`, claim.words.value));
    for (const one of ["from", "until"]) if (claim.fields[one] !== undefined) inputs.push(field(`${one}-${i}`, say[one], claim.fields[one]));
    inputs.push(field(`at-${i}`, `${say.passage}: ${claim.words.predicate}`, claim.at));
    return inputs;
  });
  const names = [...new Set(row.claims.flatMap((c) => [c.fields.subject, c.fields.object, c.fields.role, c.fields.onBehalfOf]).filter((k) => data.names[k] && !data.names[k].id))];
  parts.unshift(...names.map((key) => field(`name-${key}`, data.names[key].type, data.names[key].label)));
  dialog(parts, (given) => {
    const decisions = names.filter((key) => given.get(`name-${key}`) !== data.names[key].label).map((key) => ({ name: key, new: given.get(`name-${key}`) }));
    row.claims.forEach((claim, i) => {
      const fields = {};
      for (const one of ["value", "from", "until"]) {
        const now = given.get(`${one}-${i}`);
        const before = one === "value" ? claim.words.value : claim.fields[one];
        if (now !== null && now !== before) fields[one] = one === "value" && typeof claim.fields.value === "object" ? { ...claim.fields.value, [Object.keys(claim.fields.value)[0]]: now } : now;
      }
      const at = given.get(`at-${i}`);
      const changed = Object.keys(fields).length || at !== claim.at;
      if (changed || !claim.verdict) decisions.push({ claim: claim.key, verdict: "accept", ...(changed ? { fields, at } : {}) });
    });
    decide(decisions);
  });
}

function who() {
  const row = currentRow();
  if (!row) return;
  const keys = [...new Set(row.claims.flatMap((c) => [c.fields.subject, c.fields.object, c.fields.role, c.fields.onBehalfOf]).filter((k) => data.names[k]))];
  const parts = keys.flatMap((key, i) => {
    const name = data.names[key];
    const choices = [...name.known, ...name.like].map((one) => make("label", {}, make("input", { type: "radio", name: `to-${i}`, value: one.id, checked: one.id === name.id }), ` ${say.same} ${one.label} (${one.kind}${one.said ? `: ${one.said}` : ""})`));
    choices.push(make("label", {}, make("input", { type: "radio", name: `to-${i}`, value: "", checked: !name.id }), ` ${say.new}: ${name.read}`));
    return [make("b", {}, `${name.read} (${name.type})`), ...choices, field(`other-${i}`, say.same)];
  });
  dialog(parts, (given) => {
    const decisions = [];
    keys.forEach((key, i) => {
      const chosen = given.get(`other-${i}`) || given.get(`to-${i}`);
      if (chosen && chosen !== data.names[key].id) decisions.push({ name: key, is: chosen });
      if (!chosen && data.names[key].id) decisions.push({ name: key, new: data.names[key].read });
    });
    decide(decisions, false);
  });
}

function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !$("text").contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const offset = (node, at) => {
    const line = (node.nodeType === 1 ? node : node.parentElement).closest(".line");
    if (!line) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, at);
    const number = line.querySelector(".number").textContent.length;
    return Number(line.dataset.start) + Math.max(0, Array.from(before.toString()).length - number);
  };
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  return start !== null && end !== null && start < end ? { start, end } : null;
}

document.addEventListener("selectionchange", () => { $("own").hidden = view !== "text" || !selected(); });

async function own() {
  const place = selected();
  if (!place) return;
  const terms = await ask("/terms");
  const words = points(place.start, place.end).trim();
  const option = (one) => make("option", { value: one.name }, one.label);
  const relation = make("select", { name: "predicate" }, ...terms.relations.map(option));
  const kind = (name) => make("label", {}, say.kind, make("select", { name }, ...terms.kinds.map(option)));
  dialog(
    [field("subject", say.subject, words.length < 60 ? words : ""), kind("subjectKind"), make("label", {}, say.relation, relation), field("object", say.object), kind("objectKind"), field("value", say.value)],
    async (given) => {
      status(say.saving);
      try {
        data = await ask(`/own/${encodeURIComponent(data.document)}`, { ...place, ...Object.fromEntries(given) });
        status(say.saved);
        draw();
      } catch (error) {
        status(say.failed.replace("{}", error.message), true);
      }
    },
  );
}

function move(step) {
  const count = rows().length;
  here = Math.min(Math.max(here + step, 0), count - 1);
  draw();
}

const KEYS = { j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), e: mend, x: reject, u: undo, n: who };
document.addEventListener("keydown", (event) => {
  if ($("dialog").open || event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA|BUTTON/.test(event.target.tagName)) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (event.shiftKey) acceptTable();
    else accept();
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

async function begin() {
  $("keys").textContent = say.keys;
  $("own").textContent = say.add;
  $("own").addEventListener("click", own);
  $("documents").setAttribute("aria-label", say.documents);
  $("source").setAttribute("aria-label", say.text);
  $("claims").setAttribute("aria-label", say.title);
  const { documents, first } = await ask("/documents");
  $("documents").replaceChildren(...documents.map((one) => make("option", { value: one.id, selected: one.id === first }, `${one.id} (${one.open})`)));
  $("documents").addEventListener("change", () => open($("documents").value));
  if (first) await open(first);
  else status(say.done);
}

begin().catch((error) => status(say.failed.replace("{}", error.message), true));
