// Lays the editor (Ace) over the text area of a query and tells it what a query can name.
// The text area keeps the query: the form sends what stands there.

const field = document.getElementById("query");
const label = document.querySelector("label[for=query]");
const words = JSON.parse(document.getElementById("editor-words").textContent);
const ace = globalThis.ace;
const KEYWORDS = ("SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE OPTIONAL UNION MINUS GRAPH FILTER EXISTS "
  + "NOT BIND VALUES UNDEF SERVICE GROUP HAVING ORDER ASC DESC LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG "
  + "LANGMATCHES DATATYPE BOUND IRI COALESCE REGEX REPLACE CONTAINS STRSTARTS STRENDS STRLEN SUBSTR UCASE LCASE CONCAT YEAR MONTH DAY "
  + "ISIRI ISLITERAL ISBLANK").split(" ");
const NAME = /[\p{L}\p{N}_:.?$-]/u; // a variable is no beginning of a name, so its mark belongs to it

ace.config.set("useStrictCSP", true); // the style sheet is linked to, not written into the page
ace.config.setMessages({ ...ace.require("ace/lib/default_english_messages").defaultEnglishMessages, ...words });

const place = document.createElement("div");
place.className = "editor";
field.before(place);
const editor = ace.edit(place, {
  mode: "ace/mode/sparql",
  value: field.value,
  minLines: 12,
  maxLines: 40,
  wrap: true,
  tabSize: 2,
  showPrintMargin: false,
  showFoldWidgets: false,
  highlightActiveLine: false,
  enableKeyboardAccessibility: true,
  enableBasicAutocompletion: true,
  enableLiveAutocompletion: true,
  liveAutocompletionThreshold: 2,
  textInputAriaLabel: label.textContent,
});
field.hidden = true;
label.addEventListener("click", () => editor.focus());
editor.session.on("change", () => { field.value = editor.getValue(); });
editor.commands.addCommand({
  name: "run",
  bindKey: { win: "Ctrl-Enter", mac: "Command-Enter" },
  exec: () => field.form.requestSubmit(),
});

// ---------------------------------------------------------------- what it completes

// It is found by either name: by what a query writes and by what it is called.
function one(value, called, score = 0) {
  return { value, caption: `${value} ${called}`.trim(), meta: "", score };
}

// What it offers is there before it is asked: offers that came late would be for another word than the one that stands there by then.
let offers = KEYWORDS.map((word) => one(word, "", 100));

async function learn() {
  const reply = await fetch(field.dataset.words);
  if (!reply.ok) return;
  const { prefixes, names } = await reply.json();
  const begun = Object.entries(prefixes).map(([prefix, iri]) => one(`${prefix}:`, iri));
  const things = Object.entries(names).flatMap(([prefix, own]) => own.map(([name, called]) => one(`${prefix}:${name}`, called)));
  offers = [...begun, ...things, ...offers];
  field.dataset.learnt = "";
}

editor.completers = [{
  identifierRegexps: [NAME],
  getCompletions(_editor, session, { row, column }, _begun, give) {
    const said = /^(?:comment|string)/.test(session.getTokenAt(row, column)?.type ?? "");
    give(null, said ? [] : offers);
  },
}];
ace.require("ace/autocomplete").Autocomplete.for(editor).autoSelect = false; // Enter ends the line, whatever is offered; Tab goes to the offers
learn();

// ---------------------------------------------------------------- the place of an error

const input = editor.textInput.getElement();
if (field.hasAttribute("aria-invalid")) {
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", "message");
}
if (field.dataset.line) {
  const row = field.dataset.line - 1;
  editor.session.setAnnotations([{ row, type: "error", text: document.getElementById("message").textContent }]);
  editor.session.once("change", () => editor.session.clearAnnotations());
  editor.gotoLine(row + 1, field.dataset.column - 1);
  editor.focus();
}
