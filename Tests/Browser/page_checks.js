// What every page of ours must satisfy, measured in the page itself. Each function returns the problems that it found.
(() => {
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return false;
    return element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  };
  const describe = (element) => {
    const name = element.tagName.toLowerCase();
    const id = element.id ? `#${element.id}` : "";
    const kind = typeof element.className === "string" && element.className ? `.${element.className.split(/\s+/)[0]}` : "";
    const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${name}${id}${kind} "${text}"`;
  };

  const accessibleName = (element) => {
    const labelled = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const byReference = labelled.map((id) => document.getElementById(id)?.textContent || "").join(" ").trim();
    if (byReference) return byReference;
    const own = (element.getAttribute("aria-label") || "").trim();
    if (own) return own;
    if (element.labels) {
      const label = [...element.labels].map((each) => each.textContent.trim()).join(" ").trim();
      if (label) return label;
    }
    if (!["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName)) {
      const images = [...element.querySelectorAll("img[alt], svg title")];
      const text = `${element.textContent} ${images.map((each) => each.alt || each.textContent).join(" ")}`.trim();
      if (text) return text;
    }
    return (element.getAttribute("title") || "").trim();
  };

  function labels() {
    const problems = [];
    if (!document.documentElement.lang) problems.push("html has no lang");
    if (!document.title.trim()) problems.push("the page has no title");
    if (document.querySelectorAll("h1").length !== 1) problems.push(`${document.querySelectorAll("h1").length} h1`);
    if (!document.querySelector("main")) problems.push("no main landmark");
    const viewport = document.querySelector('meta[name="viewport"]');
    if (!viewport) problems.push("no viewport meta element");
    let level = 0;
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      const next = Number(heading.tagName[1]);
      if (next > level + 1) problems.push(`heading skips from h${level}: ${describe(heading)}`);
      level = next;
    }
    for (const element of document.querySelectorAll(
      "input:not([type=hidden]), select, textarea, button, a[href], summary, [role=button]")) {
      if (!accessibleName(element)) problems.push(`no name: ${describe(element)} ${element.outerHTML.slice(0, 80)}`);
    }
    for (const image of document.querySelectorAll("img")) {
      if (!image.hasAttribute("alt")) problems.push(`no alt: ${image.outerHTML.slice(0, 80)}`);
    }
    for (const image of document.querySelectorAll("svg")) {
      const hidden = image.closest('[aria-hidden="true"]');
      if (!hidden && !image.querySelector("title") && !image.getAttribute("aria-label")) {
        problems.push(`svg has neither title nor aria-hidden: ${image.outerHTML.slice(0, 80)}`);
      }
    }
    for (const table of document.querySelectorAll("table")) {
      if (!table.querySelector("th")) problems.push(`table without headers: ${describe(table)}`);
    }
    const seen = new Set();
    for (const element of document.querySelectorAll("[id]")) {
      if (seen.has(element.id)) problems.push(`the id ${element.id} stands twice`);
      seen.add(element.id);
    }
    for (const element of document.querySelectorAll("[tabindex]")) {
      if (element.tabIndex > 0) problems.push(`positive tabindex: ${describe(element)}`);
    }
    return problems;
  }

  const parse = (text) => {
    const numbers = text.match(/[\d.]+%?/g)?.map((each) => parseFloat(each)) || [];
    if (text.startsWith("rgb")) return [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1];
    if (text.startsWith("color(srgb")) {
      return [numbers[0] * 255, numbers[1] * 255, numbers[2] * 255, numbers[3] ?? 1];
    }
    return null;
  };
  const over = (front, back) => {
    const alpha = front[3];
    return [0, 1, 2].map((index) => front[index] * alpha + back[index] * (1 - alpha)).concat(1);
  };
  const luminance = (color) => {
    const [red, green, blue] = color.slice(0, 3).map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const background = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      const color = parse(style.backgroundColor);
      if (!color) return null;
      layers.push(color);
      if (color[3] === 1) break;
    }
    const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((back, front) => over(front, back), canvas);
  };

  function contrast() {
    const problems = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let count = 0;
    while (walker.nextNode() && count < 6000) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || !element || element.closest("script, style, option, title")) continue;
      if (element.closest("[disabled]") || !visible(element)) continue;
      count += 1;
      const style = getComputedStyle(element);
      const isDrawing = element.closest("svg") !== null;
      const color = parse(isDrawing ? style.fill : style.color);
      const back = background(isDrawing ? element.closest("svg") : element);
      if (!color || !back) continue;
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      let opacity = 1;
      for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
      const found = ratio(over([color[0], color[1], color[2], color[3] * opacity], back), back);
      if (found < (large ? 3 : 4.5)) {
        problems.add(`${found.toFixed(2)}:1 ${describe(element)} ${style.color} on ${back.slice(0, 3).map(Math.round)}`);
      }
    }
    return [...problems];
  }

  function overflow() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width + 1) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      if (!visible(element) || element.getBoundingClientRect().right <= width + 1) return false;
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== "visible") return false;
      }
      return true;
    });
    return [`${document.documentElement.scrollWidth} px in ${width}`].concat(wide.slice(0, 5).map(describe));
  }

  function focused() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return {
      description: describe(element), visible: visible(element), shown: outlined || style.boxShadow !== "none",
      number: [...document.querySelectorAll("*")].indexOf(element),
    };
  }

  globalThis.gageChecks = { labels, contrast, overflow, focused };
})();
