// Makes the document that is shown equal to a newer text of it, touching only what changed, and marks the card in hand.
// Runs in a world of its own beside the page; the page's own scripts are off.
(() => {
  "use strict";

  const mark = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, mark];
  let marked = 0;
  let staying = new Map();
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

  function morphChildren(parent, freshParent) {
    let olds = [...parent.childNodes];
    let news = [...freshParent.childNodes];
    let head = 0;
    while (head < olds.length && head < news.length && olds[head].isEqualNode(news[head])) head += 1;
    let tail = 0;
    const most = Math.min(olds.length, news.length) - head;
    while (tail < most && olds[olds.length - 1 - tail].isEqualNode(news[news.length - 1 - tail])) tail += 1;
    const after = tail ? olds[olds.length - tail] : null;
    olds = olds.slice(head, olds.length - tail);
    news = news.slice(head, news.length - tail);
    arrange(parent, olds, news, after);
  }

  // Each new node takes the place of an equal old one, wherever that stood; else it changes the next old one of its kind.
  function arrange(parent, olds, news, after) {
    const left = new Set(olds);
    const partner = new Map();
    for (const fresh of news) {
      const old = staying.get(fresh);
      if (!old) continue;
      partner.set(fresh, old);
      left.delete(old);
    }
    if (olds.length > 1 || news.length > 1) {
      for (const fresh of news) {
        if (partner.has(fresh)) continue;
        for (const old of left) {
          if (old.isEqualNode(fresh)) {
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
      const node = partner.get(fresh) ?? document.adoptNode(fresh);
      if (node.parentNode !== parent || node.nextSibling !== next) parent.insertBefore(node, next);
      next = node;
    }
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
    if (!isAwaited || !element) return;
    isAwaited = false;
    intoView(element);
  }

  // What a shortened text leaves out: whole cards, and paragraphs of the body's own form.
  const kinds = { DIV: "div.card", P: 'p[dir="auto"]:not([class])' };

  // What stands in a shortened text for elements that stay as they are, each with the element that it stands for.
  function elementsThatStay(fresh) {
    const olds = Object.fromEntries(Object.entries(kinds).map(([tag, kind]) => [tag, document.querySelectorAll(kind)]));
    const standIns = [...fresh.querySelectorAll("[data-stays]")];
    return new Map(standIns.map((element) => [element, olds[element.tagName][element.dataset.stays]]));
  }

  function has(kind, number) {
    return document.querySelectorAll(kind).length === number;
  }

  globalThis.workstation = {
    // The document becomes that of `text`, in which the card in hand is the one with this number (null: as before). A text
    // that was shortened for so many cards and paragraphs is refused (false) where the document has others.
    patch(text, number, cards, paragraphs) {
      const isShortened = cards !== undefined;
      if (isShortened && !(has(kinds.DIV, cards) && has(kinds.P, paragraphs))) return false;
      const fresh = new DOMParser().parseFromString(text, "text/html");
      staying = isShortened ? elementsThatStay(fresh) : new Map();
      morph(document.documentElement, fresh.documentElement);
      staying = new Map();
      if (number !== null) marked = number;
      show();
      return true;
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
    cardAt(x, y) {
      const at = document.elementFromPoint(x, y);
      for (let number = 1, found; at && (found = card(number)); number += 1) if (found.contains(at)) return number;
      return 0;
    },
    serialised() {
      return new XMLSerializer().serializeToString(document.doctype) + document.documentElement.outerHTML;
    },
  };
  return true;
})();
