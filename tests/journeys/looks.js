// Measures every part of the page of components: where it stands in its parent, its letters, its colours, whether a finger hits it.
() => {
  const PARTS = "[class*='gm-'], [class*='govuk-'], a, button, input, select, textarea, summary, legend, label, th, td";
  const CONTROLS = "button, input:not([type=hidden]):not([type=file]), select, textarea, summary:not(.gm-help__mark), .govuk-button";
  const round = (number) => Math.round(number);
  // Days and moments are those of the run: one and the same stands in their place while the page is measured.
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const said = walker.currentNode.data;
    walker.currentNode.data = said.replace(/\d\d\.\d\d\.\d{4}/g, "25.11.2026").replace(/\b\d\d:\d\d\b/g, "12:10")
      .replace(/^\s*\d{1,2} \p{L}+ \d{4}\s*$/u, "25 November 2026");
  }
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const hex = (colour) => "#" + rgba(colour).slice(0, 3).map((one) => one.toString(16).padStart(2, "0")).join("");
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgba(colour)[3] > 250) return hex(colour);
    }
    return "#ffffff";
  };
  const light = (colour) => {
    const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return ((high + 0.05) / (low + 0.05)).toFixed(1);
  };
  const name = (element) => {
    const classes = [...element.classList].filter((one) => /^(gm|govuk)-/.test(one)).sort().map((one) => "." + one).join("");
    const states = ["aria-current", "aria-invalid", "aria-sort", "open", "disabled", "type"]
      .filter((one) => element.hasAttribute(one)).map((one) => `[${one}=${element.getAttribute(one)}]`).join("");
    return element.tagName.toLowerCase() + classes + states;
  };
  const layout = {}, colours = {}, targets = [];
  for (const element of document.querySelectorAll("main *")) {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (!element.matches(PARTS) || box.width < 2 || box.height < 2 || style.visibility === "hidden") continue;
    const parent = element.parentElement.getBoundingClientRect();
    const mono = style.fontFamily.includes("monospace");  // such a font is the machine's: how wide it runs is not ours
    const own = element.closest("main > *") && (element.closest(".gm-panel")?.querySelector("h2, h3")?.textContent.trim() || "page");
    const key = `${own} > ${name(element)}`;
    (layout[key] ??= []).push([
      `${round(box.x - parent.x)},${round(box.y - parent.y)}`, `${mono ? "~" : round(box.width)}x${round(box.height)}`,
      `letters ${round(parseFloat(style.fontSize))}/${round(parseFloat(style.lineHeight)) || "normal"} ${style.fontWeight}`,
      `padding ${["Top", "Right", "Bottom", "Left"].map((side) => round(parseFloat(style["padding" + side]))).join(",")}`,
      `border ${["Top", "Right", "Bottom", "Left"].map((side) => round(parseFloat(style[`border${side}Width`]))).join(",")}`,
      `corner ${round(parseFloat(style.borderTopLeftRadius)) || 0}`,
    ].join(" "));
    const text = [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim()) || element.matches("input, select, textarea");
    const behind = ground(element), edge = parseFloat(style.borderTopWidth) ? ` edge ${hex(style.borderTopColor)}` : "";
    const left = parseFloat(style.borderLeftWidth) ? ` left ${hex(style.borderLeftColor)}` : "";
    const ink = hex(style.color);
    (colours[key] ??= []).push(text ? `${ink} on ${behind} ${contrast(ink, behind)}${edge}${left}` : `on ${behind}${edge}${left}`);
    if (text && contrast(ink, behind) < 4.5) targets.push(`${key}: contrast ${contrast(ink, behind)}`);
    const least = innerWidth <= 640 && element.matches(CONTROLS) ? 44 : 24;
    const sentence = element.matches("a") && !element.matches(".govuk-button") && style.display === "inline";
    if (element.matches(`${CONTROLS}, a`) && !sentence && (round(box.height) < least || round(box.width) < 24))
      targets.push(`${key}: ${round(box.width)}x${round(box.height)}, a target has ${least}`);
  }
  const lines = (found) => Object.entries(found)
    .flatMap(([key, said]) => [...new Set(said)].map((one, place) => `${key}${place ? ` (${place + 1})` : ""} | ${one}`)).sort();
  return { layout: lines(layout), colours: lines(colours), targets: [...new Set(targets)].sort() };
}
