// The page of a query: it shows where the query went wrong and keeps those that were run.
// Without this script the text area checks, keeps and shares the query all the same.

const field = document.getElementById("query");
const KEPT = "samgraf.queries";
const MOST_KEPT = 20;

field.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    field.form.requestSubmit();
  }
});

if (field.dataset.line) {
  const lines = field.value.split("\n");
  const at = lines.slice(0, field.dataset.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + Number(field.dataset.column) - 1;
  field.focus();
  field.setSelectionRange(at, Math.min(at + 1, field.value.length));
}

// ---------------------------------------------------------------- the queries that were run

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

function keep(queries) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(queries.slice(0, MOST_KEPT)));
  } catch {
    // a browser that keeps nothing
  }
}

if (field.dataset.ran) keep([field.value, ...kept().filter((text) => text !== field.value)]);
const history = document.getElementById("history");
if (kept().length) {
  history.hidden = false;
  history.querySelector("ul").replaceChildren(...kept().map((text) => {
    const one = document.createElement("li");
    const link = document.createElement("a");
    link.href = `?${new URLSearchParams({ draft: text, lang: document.documentElement.lang })}`;
    link.textContent = text.replace(/^\s*PREFIX[^\n]*$/gim, "").replace(/\s+/g, " ").trim().slice(0, 120);
    one.append(link);
    return one;
  }));
  history.querySelector("button").addEventListener("click", () => { keep([]); history.hidden = true; });
}
