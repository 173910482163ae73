// Makes the document that is shown equal to a newer text of it, touching only what changed, and marks the card in hand.
// Runs in a world of its own beside the page; the page's own scripts are off.
(() => {
  "use strict";

  const mark = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, mark];
  let marked = 0;
  let caret = null;
  let staying = new Map();
  let promised = new Set();
  let lending = new Set();
  let isAwaited = false;

  function morph(old, fresh) {
    if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.namespaceURI !== fresh.namespaceURI) {
      old.replaceWith(fresh);
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
      return;
    }
    morphAttributes(old, fresh);
    morphChildren(old, fresh);
  }

  function morphAttributes(old, fresh) {
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    // the order of attributes is part of the document's text
    const names = (element) => [...element.attributes].map((attribute) => attribute.name).join("\n");
    if (names(old) === names(fresh)) return;
    for (const { name } of [...old.attributes]) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  }

  // An element that something was promised from will lose it, so that it is not the same in the end.
  function isSame(old, fresh) {
    return !lending.has(old) && old.isEqualNode(fresh);
  }

  function morphChildren(parent, freshParent) {
    let olds = [...parent.childNodes];
    let news = [...freshParent.childNodes];
    let head = 0;
    while (head < olds.length && head < news.length && isSame(olds[head], news[head])) head += 1;
    let tail = 0;
    const most = Math.min(olds.length, news.length) - head;
    while (tail < most && isSame(olds[olds.length - 1 - tail], news[news.length - 1 - tail])) tail += 1;
    const after = tail ? olds[olds.length - tail] : null;
    olds = olds.slice(head, olds.length - tail);
    news = news.slice(head, news.length - tail);
    arrange(parent, olds, news, after);
  }

  // Each new node takes the place of an equal old one, wherever that stood; else it changes the next old one of its kind.
  // What stays is promised to its stand-in, which may stand under another parent: nothing else is made of it here.
  function arrange(parent, olds, news, after) {
    const left = new Set(olds.filter((old) => !promised.has(old)));
    const partner = new Map(news.filter((fresh) => staying.has(fresh)).map((fresh) => [fresh, staying.get(fresh)]));
    if (olds.length > 1 || news.length > 1) {
      for (const fresh of news) {
        if (partner.has(fresh)) continue;
        for (const old of left) {
          if (isSame(old, fresh)) {
            partner.set(fresh, old);
            left.delete(old);
            break;
          }
        }
      }
    }
    for (const fresh of news) {
      if (partner.has(fresh)) continue;
      for (const old of left) {
        if (old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && old.className === fresh.className) {
          partner.set(fresh, old);
          left.delete(old);
          morph(old, fresh);
          break;
        }
      }
    }
    for (const old of left) old.remove();
    let next = after;
    for (const fresh of news.reverse()) {
      const node = partner.get(fresh) ?? brought(fresh);
      if (node.parentNode !== parent || node.nextSibling !== next) parent.insertBefore(node, next);
      next = node;
    }
  }

  // A new node that no old one was changed into, with what stays inside it.
  function brought(fresh) {
    const node = document.adoptNode(fresh);
    for (const standIn of node.querySelectorAll?.("[data-stays]") ?? []) standIn.replaceWith(staying.get(standIn));
    return node;
  }

  function card(number) {
    return document.getElementById(`signal-${number}`) ?? document.querySelectorAll(".signals > .card")[number - 1] ?? null;
  }

  function pathTo(element) {
    const steps = [];
    for (let at = element; at.parentElement; at = at.parentElement) {
      steps.unshift(`${at.localName}:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`);
    }
    return [":root", ...steps].join(" > ");
  }

  function showMark() {
    const element = marked ? card(marked) : null;
    const rule = element
      ? `${pathTo(element)} { outline: 2px solid var(--accent, #0b5f6b) !important; outline-offset: 7px !important; border-radius: 2px; }`
      : "";
    if (mark.workstationRule !== rule) mark.replaceSync((mark.workstationRule = rule));
    return element;
  }

  function intoView(element) {
    const box = element.getBoundingClientRect();
    const height = window.innerHeight;
    const wholeIsSeen = box.top >= 0 && box.bottom <= height;
    const fillsTheView = box.top <= height * 0.3 && box.bottom >= height * 0.7;
    if (wholeIsSeen || fillsTheView) return;
    window.scrollTo({ top: window.scrollY + box.top - Math.max(24, Math.min(height * 0.2, height - box.height - 24)), behavior: "instant" });
  }

  function show() {
    const element = showMark();
    if (isAwaited && element) {
      isAwaited = false;
      intoView(element);
    }
    followCaret();
  }

  // What a shortened text leaves out: whole cards, and paragraphs of the body's own form.
  const kinds = { DIV: "div.card", P: "p[dir]:not([class]):not([lang])" };

  // What stands in a shortened text for elements that stay as they are, each with the element that it stands for.
  function elementsThatStay(fresh) {
    const olds = Object.fromEntries(Object.entries(kinds).map(([tag, kind]) => [tag, document.querySelectorAll(kind)]));
    const standIns = [...fresh.querySelectorAll("[data-stays]")];
    return new Map(standIns.map((element) => [element, olds[element.tagName][element.dataset.stays]]));
  }

  function promise(kept) {
    staying = kept;
    promised = new Set(kept.values());
    lending = new Set();
    for (const old of promised) for (let at = old; at && !lending.has(at); at = at.parentElement) lending.add(at);
  }

  function has(kind, number) {
    return document.querySelectorAll(kind).length === number;
  }

  // The part of the story that an element belongs to: the number of its card (0 for none) and the field, as in a document.
  const fields = [
    ["h1", "headline"],
    [".insights", "insights"],
    [".overline, .byline, .sponsor", "region"],
    [".lead", "lead_image"],
    [".news", "news"],
    [".card > h3", "headline"],
    [".card > .sources", "sources"],
    [".card", "body"],
    [".contributors", "contributors"],
  ];

  function fieldOf(element) {
    const found = fields.find(([selector]) => element.closest(selector));
    if (!found) return null;
    const own = element.closest("div.card");
    const number = own ? [...document.querySelectorAll("div.card")].indexOf(own) + 1 : 0;
    return { card: number, field: found[1] };
  }

  // The blocks of a text: in The News and in a card its paragraphs and list items, in a headline the headline itself.
  function blocksOf(element) {
    const line = element.closest("h1, .card > h3, .insights");
    if (line) return [line];
    const holder = element.closest(".news, div.card");
    return holder ? [...holder.querySelectorAll(":scope > p:not(.sources), :scope > ul > li, :scope > ol > li, :scope > blockquote li, :scope > blockquote p")] : [];
  }

  // The point of a block that so many UTF-16 units of its text stand before, as a box; a line break is one unit.
  function boxAt(block, units) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let left = units;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeName === "BR") left -= 1;
      if (node.nodeType !== Node.TEXT_NODE) continue;
      if (left <= node.length) {
        const range = document.createRange();
        range.setStart(node, Math.max(0, Math.min(left, node.length) - 1));
        range.setEnd(node, Math.max(0, Math.min(left, node.length)));
        return range.getBoundingClientRect();
      }
      left -= node.length;
    }
    return block.getBoundingClientRect();
  }

  function caretBox() {
    const own = caret.card ? card(caret.card) : document.querySelector(caret.field === "news" ? ".news" : "h1");
    if (!own) return null;
    if (caret.field === "headline") return (caret.card ? own.querySelector("h3") : own)?.getBoundingClientRect();
    const blocks = blocksOf(own);
    const block = blocks[Math.min(caret.block, blocks.length - 1)];
    return block ? boxAt(block, caret.block < blocks.length ? caret.units : Infinity) : own.getBoundingClientRect();
  }

  // The line that is written in stays in view; the page scrolls only when it has left it.
  function followCaret() {
    const box = caret && caretBox();
    const height = window.innerHeight;
    if (!box || (box.top >= 4 && box.bottom <= height - 4)) return;
    window.scrollTo({ top: window.scrollY + box.top - height * 0.6, behavior: "instant" });
  }

  // How many characters of a block stand before a point in it; a line break is one.
  function lengthBefore(block, node, offset) {
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, offset);
    const copy = range.cloneContents();
    for (const br of copy.querySelectorAll("br")) br.replaceWith("\n");
    return [...copy.textContent].length;
  }

  // Where in its field a point of the window lies: the block's number and the characters of the block before it.
  function caretAt(element, x, y) {
    const found = document.caretRangeFromPoint(x, y);
    const at = found && element.contains(found.startContainer) ? found : null;
    const blocks = blocksOf(element);
    const node = at ? at.startContainer : element;
    const block = blocks.findIndex((candidate) => candidate.contains(node));
    if (!at || block < 0) return null;
    return { block, offset: lengthBefore(blocks[block], at.startContainer, at.startOffset) };
  }

  // The parts that the window and its editor scroll together: the top, The News, each card.
  function sights() {
    const news = document.querySelector(".news");
    const cards = [...document.querySelectorAll("div.card")];
    return [["top", document.querySelector("h1") ?? document.body], ["news", news], ...cards.map((own, at) => [String(at + 1), own])].filter(
      ([, element]) => element,
    );
  }

  const EYES = 0.3; // of the window's height: where the eyes rest

  function isAtEnd() {
    return window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
  }

  const look = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, look];
  const conditions = new WeakMap();
  let scheme = "";

  // The colours for a light or a dark screen, whatever this screen is: the conditions of the page's style sheets are answered.
  function showScheme() {
    look.replaceSync(scheme ? `:root { color-scheme: ${scheme} !important }` : "");
    for (const sheet of document.styleSheets) {
      for (const rule of sheet.cssRules) {
        if (!(rule instanceof CSSMediaRule)) continue;
        const text = conditions.get(rule) ?? rule.media.mediaText;
        if (!text.includes("prefers-color-scheme")) continue;
        conditions.set(rule, text);
        const answered = text.replace(/\(prefers-color-scheme:\s*(light|dark)\)/g, (_, wanted) => (wanted === scheme ? "(min-width: 0)" : "(max-width: 0)"));
        rule.media.mediaText = scheme ? answered : text;
      }
    }
  }

  globalThis.workstation = {
    // The document becomes that of `text`, in which the card in hand is the one with this number and the editor's caret stands
    // at `place` ({card, field, block, units} or null); both null: as before. A text that was shortened for so many cards and
    // paragraphs is refused (false) where the document has others.
    patch(text, number, place, cards, paragraphs) {
      const isShortened = cards !== undefined;
      if (isShortened && !(has(kinds.DIV, cards) && has(kinds.P, paragraphs))) return false;
      const fresh = new DOMParser().parseFromString(text, "text/html");
      promise(isShortened ? elementsThatStay(fresh) : new Map());
      morph(document.documentElement, fresh.documentElement);
      promise(new Map());
      if (scheme) showScheme();
      if (number === null) {
        showMark();
        return true;
      }
      marked = number;
      caret = place;
      show();
      return true;
    },
    // The editor's caret stands elsewhere.
    follow(place) {
      caret = place;
      followCaret();
    },
    // Marks the card with this number, counted from 1, 0 for none; brings it into view as soon as it is there, if asked to.
    showCard(number, bringIntoView) {
      marked = number;
      isAwaited = bringIntoView && number > 0;
      show();
    },
    scrollTo(top) {
      window.scrollTo({ top, behavior: "instant" });
    },
    // What stands at a point of the window: its card and field, and in a text the block and the characters before the point.
    placeAt(x, y) {
      const element = document.elementFromPoint(x, y);
      const place = element && fieldOf(element);
      return place && JSON.stringify({ ...place, ...caretAt(element, x, y) });
    },
    // The part where the eyes rest and how much of it stands above them; of its whole height.
    sight() {
      if (window.scrollY <= 2) return JSON.stringify({ part: "top", share: 0 });
      if (isAtEnd()) return JSON.stringify({ part: "end", share: 0 });
      const eyes = window.innerHeight * EYES;
      const boxes = sights().map(([part, element]) => [part, element.getBoundingClientRect()]);
      const [part, box] = boxes.filter(([, each]) => each.top <= eyes).pop() ?? boxes[0];
      return JSON.stringify({ part, share: Math.min(1, Math.max(0, (eyes - box.top) / Math.max(1, box.height))) });
    },
    // Brings a part to where the eyes rest.
    showSight(part, share) {
      const found = sights().find(([name]) => name === part);
      const top = { top: 0, end: document.documentElement.scrollHeight };
      const box = found?.[1].getBoundingClientRect();
      if (part in top && !share) this.scrollTo(top[part]);
      else if (box) this.scrollTo(window.scrollY + box.top + box.height * share - window.innerHeight * EYES);
    },
    // "light", "dark", or "" for what the window itself is.
    showScheme(wanted) {
      scheme = wanted;
      showScheme();
    },
    serialised() {
      return new XMLSerializer().serializeToString(document.doctype) + document.documentElement.outerHTML;
    },
  };
  return true;
})();
