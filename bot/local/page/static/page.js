// The page's script: listens for changes, draws what changed, sends what people do. Everything is drawn on the server.
"use strict";

const body = document.body;
const { viewer, at, kind } = body.dataset;
const thread = body.dataset.thread || "";
const wide = matchMedia("(min-width: 900px)");
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const draftKey = (inThread) => `draft:${viewer}:${at}:${inThread}`;
const seenByBot = new Set();
let firstLook = true;
let answers = [];

// Asking the server ----------------------------------------------------------------------------------------------

async function send(what, asked) {
  try {
    const answer = await fetch(`/page/do/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: viewer, ...asked }),
    });
    const said = await answer.json();
    if (said.problem) toast(said.problem);
    return said;
  } catch {
    toast(body.dataset.notSent);
    return { problem: body.dataset.notSent };
  } finally {
    refresh();
  }
}

let looking = false;
let again = false;

async function refresh() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  try {
    do {
      again = false;
      const query = new URLSearchParams({ as: viewer, at, thread });
      const answer = await fetch(`/page/scene?${query}`);
      if (answer.ok) show(await answer.json());
    } while (again);
  } catch {
    /* the live line tells when the server is back */
  } finally {
    looking = false;
  }
}

function listen() {
  const line = new EventSource("/page/live");
  const note = $(".bar .line");
  line.onmessage = () => {
    note.hidden = true;
    refresh();
  };
  line.onerror = () => {
    note.textContent = body.dataset.lost;
    note.hidden = false;
    if (line.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

// Drawing --------------------------------------------------------------------------------------------------------

function show(scene) {
  const items = [...scene.items, ...(scene.thread || [])];
  answers = items.filter((item) => item.said_by_bot);
  fill($("#places"), scene.places);
  fill($("#prompts"), scene.prompts);
  list("main", scene.items);
  if (scene.thread) list("thread", scene.thread);
  dialog(scene.dialog);
  hear(answers);
  waiting();
  verdicts();
  firstLook = false;
}

function fill(place, html) {
  if (!place || place.dataset.drawn === html) return;
  if (place.dataset.drawn !== undefined || place.innerHTML.trim() !== html.trim()) place.innerHTML = html;
  place.dataset.drawn = html;
}

// Only what changed is drawn again, so that nobody loses their place, a half-chosen date or the focus.
function list(name, items) {
  const root = $(`[data-list="${name}"]`);
  if (!root) return;
  const scroll = root.closest(".scroll");
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
  const wanted = new Set(items.map((item) => `i-${item.id}`));
  for (const old of [...root.children]) if (!wanted.has(old.id)) old.remove();
  let before = null;
  let grown = false;
  for (const item of items) {
    let frame = document.getElementById(`i-${item.id}`);
    if (!frame) {
      frame = document.createElement("div");
      frame.id = `i-${item.id}`;
      frame.className = "item";
      grown = true;
    }
    if (frame.dataset.key !== item.key) redraw(frame, item);
    const place = before ? before.nextSibling : root.firstChild;
    if (frame !== place) root.insertBefore(frame, place);
    before = frame;
  }
  const empty = $(".empty", scroll);
  if (empty && items.length) empty.remove();
  if (grown && atEnd) scroll.scrollTop = scroll.scrollHeight;
}

function redraw(frame, item) {
  const kept = $$("[data-pick]", frame).map((control) => [control.id, control.value]);
  const focused = frame.contains(document.activeElement) ? document.activeElement : null;
  const { block, action, value } = focused?.dataset || {};
  frame.innerHTML = item.html;
  frame.dataset.key = item.key;
  for (const [id, value] of kept) if (value && document.getElementById(id)) document.getElementById(id).value = value;
  if (!focused) return;
  const same = $$("[data-action]", frame).find(
    (one) => one.dataset.block === block && one.dataset.action === action && one.dataset.value === value,
  );
  (same || document.getElementById(focused.id))?.focus();
}

function dialog(wanted) {
  const box = $("#dialog");
  if (!wanted) {
    if (box.open) box.close();
    box.dataset.key = "";
    return;
  }
  const other = box.dataset.key !== wanted.key;
  if (other) {
    box.innerHTML = wanted.html;
    box.dataset.key = wanted.key;
    box.setAttribute("aria-labelledby", "dialog-title");
  }
  if (!box.open) box.showModal();
  if (other) ($("[data-field]", box) || $("footer .btn", box))?.focus();
}

// Says the bot's new messages to those who listen.
function hear(items) {
  for (const item of items) {
    if (seenByBot.has(item.ts)) continue;
    seenByBot.add(item.ts);
    if (firstLook) continue;
    const line = document.createElement("span");
    line.textContent = item.words;
    $("#heard").replaceChildren(line);
  }
}

// Waiting for an answer ------------------------------------------------------------------------------------------

function pending(value) {
  const key = `pending:${viewer}:${at}`;
  if (value === null) sessionStorage.removeItem(key);
  else if (value) sessionStorage.setItem(key, JSON.stringify(value));
  return JSON.parse(sessionStorage.getItem(key) || "null");
}

function waiting() {
  const waits = pending();
  const since = waits ? Date.now() - waits.since : 0;
  if (waits && (answered(waits) || since > 60000)) pending(null);
  const now = pending();
  for (const form of $$(".composer")) {
    const here = now && (form.dataset.thread === now.thread || (!thread && !form.dataset.thread));
    const line = $(".looking", form);
    const hide = !here;
    $(".looking-words", line).textContent = since > 15000 ? body.dataset.slow : body.dataset.looking;
    if (line.hidden && !hide) setTimeout(waiting, 15500);
    line.hidden = hide;
  }
}

const answered = (waits) => answers.some((one) => one.thread === waits.thread && one.ts > waits.ts);

// Thumbs toggle; the last one pressed counts.
function verdicts() {
  for (const thumb of $$(".thumb")) {
    const kept = sessionStorage.getItem(`verdict:${viewer}:${thumb.closest("[data-ts]")?.dataset.ts}`);
    thumb.setAttribute("aria-pressed", String(kept !== null && kept === thumb.dataset.value));
  }
}

function toast(words) {
  const box = $(".toast");
  box.textContent = words;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (box.hidden = true), 8000);
  const problem = $("#dialog[open] .dialog-problem");
  if (problem) problem.textContent = words;
}

// What people do -------------------------------------------------------------------------------------------------

function valueOf(control) {
  if (control.multiple) return [...control.selectedOptions].map((option) => option.value);
  if (control.matches(".boxes")) {
    const picked = $$("input:checked", control).map((box) => box.value);
    return control.getAttribute("role") === "radiogroup" ? picked[0] || "" : picked;
  }
  return control.value;
}

async function press(button) {
  if (button.dataset.confirm && !confirm(button.dataset.confirm)) return;
  const view = button.closest("[data-dialog]")?.dataset.dialog || button.closest("[data-view]")?.dataset.view;
  const message = button.closest("[data-ts]");
  const value = button.dataset.from ? valueOf(document.getElementById(button.dataset.from)) : button.dataset.value;
  if (button.dataset.from && !value.length) {
    document.getElementById(button.dataset.from).focus();
    return;
  }
  if (button.matches(".thumb") && message) sessionStorage.setItem(`verdict:${viewer}:${message.dataset.ts}`, value);
  button.closest("details.overflow")?.removeAttribute("open");
  button.setAttribute("aria-busy", "true");
  verdicts();
  const { block, action } = button.dataset;
  const { channel, ts } = message?.dataset || {};
  await send("press", { ...(view ? { view } : { channel, ts }), block, action, value });
  button.removeAttribute("aria-busy");
}

async function say(form) {
  const box = $("textarea", form);
  const text = box.value;
  if (!text.trim() || form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const inThread = form.dataset.thread;
  const said = await send("say", { at, thread: inThread, text });
  form.removeAttribute("aria-busy");
  if (said.problem) return;
  if (box.value === text) {
    box.value = "";
    typed(box);
  }
  if (said.asked) pending({ ts: said.ts, thread: said.thread, since: Date.now() });
  if (said.asked && kind === "channel" && !inThread) {
    const query = new URLSearchParams({ as: viewer, at, thread: said.thread });
    go(`/?${query}`);
    return;
  }
  toEnd(form.parentElement);
  refresh();
}

async function submit(form) {
  const values = {};
  for (const control of $$("[data-field]", form)) values[control.dataset.block] = valueOf(control);
  const button = $("[type=submit]", form);
  button?.setAttribute("aria-busy", "true");
  const said = await send("submit", { view: form.dataset.dialog, values });
  button?.removeAttribute("aria-busy");
  const errors = said.errors || {};
  for (const line of $$("[data-error-for]", form)) {
    const words = errors[line.dataset.errorFor] || "";
    line.textContent = words;
    const control = $$("[data-field]", form).find((one) => one.dataset.block === line.dataset.errorFor);
    control?.toggleAttribute("aria-invalid", Boolean(words));
    if (words) control?.setAttribute("aria-invalid", "true");
  }
  $("[aria-invalid=true]", form)?.focus();
}

function typed(box) {
  const form = box.closest(".composer");
  const key = draftKey(form.dataset.thread);
  if (box.value) sessionStorage.setItem(key, box.value);
  else sessionStorage.removeItem(key);
  box.style.height = "";
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
  $(".command-hint", form).hidden = !box.value.startsWith("/");
}

function insert(box, words, instead) {
  if (instead || words.startsWith("/")) box.value = words;
  else if (!box.value.includes(words.trim())) box.value = words + box.value;
  typed(box);
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

function toEnd(root) {
  const scroll = $(".scroll", root || document);
  if (scroll) scroll.scrollTop = scroll.scrollHeight;
}

// The end; but where the last message is longer than the screen, its beginning.
function toLast(scroll) {
  scroll.scrollTop = scroll.scrollHeight;
  const last = $(".items > :last-child", scroll);
  if (last && last.offsetHeight > scroll.clientHeight) scroll.scrollTop = last.offsetTop - scroll.offsetTop - 90;
}

function go(url) {
  const scroll = $("main .scroll");
  const end = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
  sessionStorage.setItem(`scroll:${at}`, end ? "end" : String(scroll.scrollTop));
  location.assign(url);
}

function menu(open) {
  body.classList.toggle("menu-open", open);
  $("[data-menu]").setAttribute("aria-expanded", String(open));
  if (open) $("#side a, #side summary")?.focus();
}

document.addEventListener("click", (event) => {
  const near = (selector) => event.target.closest(selector);
  const button = near("[data-press]");
  if (button) return void press(button);
  const link = near("a[data-go]");
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    return void go(link.href);
  }
  const fills = near("[data-fill]");
  if (fills) {
    const box = $("#say-main");
    if (!box) return void location.assign($(".place-channel").href);
    insert(box, fills.dataset.fill, true);
    menu(false);
    if (fills.dataset.now !== undefined) say(box.closest(".composer"));
    return;
  }
  const tool = near("[data-insert]");
  if (tool) return insert($("textarea", tool.closest(".composer")), tool.dataset.insert, false);
  const shows = near("[data-show]");
  if (shows) {
    const first = $(`[data-action="${shows.dataset.show}"]`);
    if (first) {
      first.scrollIntoView({ block: "center" });
      first.focus();
    } else location.assign($(".place-channel").href);
    return;
  }
  if (near("[data-close]")) return void send("close", { view: $("#dialog form").dataset.dialog });
  if (near("[data-menu]")) return menu(!body.classList.contains("menu-open"));
  if (near("[data-hide-try]")) {
    localStorage.setItem("signpost.try", "hidden");
    $(".try").hidden = true;
  }
  if (body.classList.contains("menu-open") && !near("#side")) menu(false);
  for (const open of $$("details.overflow[open], details.who[open]")) if (!open.contains(event.target)) open.open = false;
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches(".composer")) say(event.target);
  if (event.target.matches("[data-dialog]")) submit(event.target);
});

document.addEventListener("input", (event) => {
  if (event.target.matches(".composer textarea")) typed(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && body.classList.contains("menu-open")) menu(false);
  const box = event.target;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !box.matches?.(".composer textarea")) return;
  event.preventDefault();
  say(box.closest(".composer"));
});

$("#dialog").addEventListener("cancel", (event) => {
  event.preventDefault();
  send("close", { view: $("#dialog form").dataset.dialog });
});

// The start ------------------------------------------------------------------------------------------------------

for (const box of $$(".composer textarea")) {
  box.value ||= sessionStorage.getItem(draftKey(box.closest(".composer").dataset.thread)) || "";
  typed(box);
}
for (const scroll of $$(".scroll")) {
  const kept = scroll.id === "list" ? sessionStorage.getItem(`scroll:${at}`) : null;
  if (kind === "home") continue;
  if (kept && kept !== "end" && thread) scroll.scrollTop = Number(kept);
  else toLast(scroll);
  if (thread && scroll.id === "list") document.getElementById(`main-${thread.replace(".", "-")}`)?.scrollIntoView({ block: "nearest" });
}
sessionStorage.removeItem(`scroll:${at}`);
const card = $(".try");
card.hidden = kind !== "channel" || localStorage.getItem("signpost.try") === "hidden";
card.open = wide.matches;
if (wide.matches) ($("#say-thread") || $("#say-main"))?.focus({ preventScroll: true });
if ($("#dialog").dataset.key) $("#dialog").showModal();
if (kind !== "channel") send("look", { at: kind === "home" ? "home" : "messages" });
waiting();
verdicts();
listen();
body.dataset.ready = "";
