// Where text is on a page. `textBoxes` runs in the page (Playwright sends its source there), so it uses nothing else.

/**
 * Every visible piece of text as {text, corners, svg, frame, font, clipped}: `corners` are of its box on the screen,
 * turned text included; `svg` is the number of the picture it is in, or -1; `frame` the box of that picture; `font` its
 * size in px on the screen; `clipped` says that an ancestor cuts it off without a way to scroll to the rest.
 */
export function textBoxes() {
  const tiny = 2;  // px: what is clipped to less is there for screen readers only
  const svgs = [...document.querySelectorAll("svg")];
  const boxes = [], cut = new Map();
  const plain = (r) => ({ left: r.left, top: r.top, right: r.right, bottom: r.bottom });
  const cornersOf = (r) => [[r.left, r.top], [r.right, r.top], [r.right, r.bottom], [r.left, r.bottom]];

  /** The element and its ancestors that cut off what overflows them: {frame, hides}, nearest first. */
  const clippers = (element) => {
    if (!element || element === document.documentElement) return [];
    if (!cut.has(element)) {
      const style = getComputedStyle(element), overflow = [style.overflowX, style.overflowY];
      const scrolls = overflow.some((value) => ["auto", "scroll"].includes(value));
      const hides = !scrolls && overflow.some((value) => ["hidden", "clip"].includes(value));
      const applies = style.display !== "inline" && !(element instanceof SVGElement) && (hides || scrolls);
      const own = { frame: element.getBoundingClientRect(), hides: hides && style.textOverflow !== "ellipsis" };
      cut.set(element, [...(applies ? [own] : []), ...clippers(element.parentElement)]);
    }
    return cut.get(element);
  };

  /** What ancestors leave of a box: null if nothing, with `clipped` if there is no way to scroll to the rest. */
  const clip = (element, rect) => {
    let rest = plain(rect), clipped = false;
    for (const { frame, hides } of clippers(element)) {
      if (frame.width <= tiny || frame.height <= tiny) return null;
      const outside = Math.max(frame.left - rest.left, rest.right - frame.right, frame.top - rest.top,
        rest.bottom - frame.bottom);
      if (hides && outside > tiny) clipped = true;
      rest = { left: Math.max(rest.left, frame.left), top: Math.max(rest.top, frame.top),
        right: Math.min(rest.right, frame.right), bottom: Math.min(rest.bottom, frame.bottom) };
      const empty = rest.right - rest.left <= 0 || rest.bottom - rest.top <= 0;
      if (empty) return clipped ? { ...plain(rect), clipped } : null;
    }
    return { ...rest, clipped };
  };

  const walker = document.createTreeWalker(document.body ?? document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim(), parent = node.parentElement;
    if (!text || parent.closest("script, style, title, desc, noscript, defs")) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const root = parent.closest("svg"), style = getComputedStyle(parent);
    const range = document.createRange();
    range.selectNodeContents(node);
    if (root) {
      const matrix = parent.getScreenCTM?.(), frame = plain(root.getBoundingClientRect());
      const font = parseFloat(style.fontSize) * (matrix ? Math.hypot(matrix.c, matrix.d) : 1);
      const turned = matrix && Math.abs(matrix.b) + Math.abs(matrix.c) > 1e-6;
      const shapes = [];
      if (turned) {
        const own = parent.getBBox();
        shapes.push(cornersOf({ left: own.x, top: own.y, right: own.x + own.width, bottom: own.y + own.height })
          .map(([x, y]) => [matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f]));
      } else {
        for (const rect of range.getClientRects()) shapes.push(cornersOf(rect));
      }
      for (const corners of shapes) {
        boxes.push({ text: text.slice(0, 60), corners, svg: svgs.indexOf(root), frame, font, clipped: false });
      }
      continue;
    }
    for (const rect of range.getClientRects()) {
      if (rect.width <= 0 || rect.height <= 0) continue;
      const seen = clip(parent, rect);
      if (!seen) continue;
      boxes.push({ text: text.slice(0, 60), corners: cornersOf(seen), svg: -1, frame: null,
        font: parseFloat(style.fontSize), clipped: seen.clipped });
    }
  }
  return boxes;
}

const extent = (corners, axis) => {
  const at = corners.map((corner) => corner[axis]);
  return [Math.min(...at), Math.max(...at)];
};

/** How deep two convex quadrangles lie in each other, in px; 0 if they do not (separating axes). */
export function depth(a, b) {
  let least = Infinity;
  for (const corners of [a, b]) {
    for (let i = 0; i < 4; ++i) {
      const [x0, y0] = corners[i], [x1, y1] = corners[(i + 1) % 4];
      const length = Math.hypot(x1 - x0, y1 - y0);
      if (length === 0) return 0;
      const along = (points) => {
        const at = points.map(([x, y]) => ((x - x0) * (y0 - y1) + (y - y0) * (x1 - x0)) / length);
        return [Math.min(...at), Math.max(...at)];
      };
      const [lowA, highA] = along(a), [lowB, highB] = along(b);
      least = Math.min(least, highA - lowB, highB - lowA);
      if (least <= 0) return 0;
    }
  }
  return least;
}

/** Pairs of boxes that lie deeper in each other than they may: [a, b, depth]. `allowed(a, b)` is in px. */
export function overlaps(boxes, allowed) {
  const sorted = boxes.map((box) => ({ box, span: extent(box.corners, 1) })).sort((a, b) => a.span[0] - b.span[0]);
  const found = [];
  for (let i = 0; i < sorted.length; ++i) {
    for (let j = i + 1; j < sorted.length && sorted[j].span[0] < sorted[i].span[1]; ++j) {
      const [a, b] = [sorted[i].box, sorted[j].box];
      const by = depth(a.corners, b.corners);
      if (by > allowed(a, b)) found.push([a, b, by]);
    }
  }
  return found;
}

/** How far a box is outside its picture, in px. */
export function outside({ corners, frame }) {
  const [left, right] = extent(corners, 0), [top, bottom] = extent(corners, 1);
  return Math.max(frame.left - left, right - frame.right, frame.top - top, bottom - frame.bottom);
}
