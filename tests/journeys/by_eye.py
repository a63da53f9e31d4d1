"""What an eye meets on a page, as questions to a browser: what lies over each other, what is too small to hit."""

# Elements that are there to be seen, and the box in which one can be hit: a choice together with its words.
SEEN = """
  const clipped = (one) => one && (getComputedStyle(one).clipPath === 'inset(50%)' || clipped(one.parentElement));
  const seen = (one) => one.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && !one.closest('.kern-sr-only, .skip:not(:focus)') && !clipped(one);
  const told = (one) => one.outerHTML.replace(/\\s+/g, ' ').slice(0, 110);
"""
# WCAG 2.5.8: 24 points wide and high, or so far from all others that a circle of that size around it touches none of
# them; links within a sentence may be as high as its line.
SMALL = """() => {
  SEEN
  const LEAST = 24, SLACK = 0.5;
  const inSentence = (one) => one.matches('a') && getComputedStyle(one).display.startsWith('inline')
    && !getComputedStyle(one).display.includes('flex')
    && (one.parentElement.textContent.trim().length > one.textContent.trim().length || one.getClientRects().length > 1);
  const boxOf = (one) => {
    const box = one.getBoundingClientRect(), all = [box];
    if (one.matches('[type=checkbox], [type=radio]'))
      all.push(...[...(one.labels ?? [])].filter(seen).map((label) => label.getBoundingClientRect()));
    const left = Math.min(...all.map((each) => each.left)), right = Math.max(...all.map((each) => each.right));
    const top = Math.min(...all.map((each) => each.top)), bottom = Math.max(...all.map((each) => each.bottom));
    return {one, left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2};
  };
  const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]';
  const targets = [...document.querySelectorAll(all)].filter((one) => seen(one) && !one.closest('svg')).map(boxOf)
    .filter((box) => box.right > box.left && box.bottom > box.top);
  const small = ({left, right, top, bottom}) => right - left < LEAST - SLACK || bottom - top < LEAST - SLACK;
  return targets.filter((box) => small(box) && !inSentence(box.one)).flatMap((box) => {
    const near = targets.find((other) => {
      if (other === box || other.one.contains(box.one) || box.one.contains(other.one)) return false;
      if (small(other)) return Math.hypot(box.x - other.x, box.y - other.y) < LEAST - SLACK;
      const dx = Math.max(other.left - box.x, 0, box.x - other.right);
      const dy = Math.max(other.top - box.y, 0, box.y - other.bottom);
      return Math.hypot(dx, dy) < LEAST / 2 - SLACK;
    });
    const size = `${Math.round(box.right - box.left)}x${Math.round(box.bottom - box.top)}`;
    return near ? [`small ${size}: ${told(box.one)} beside ${told(near.one)}`] : [];
  });
}""".replace("SEEN", SEEN)
# Words that lie over other words or over a field. The names of columns that style sheets write beside the values of a
# card are no text of the page: they are where their cell begins.
COVERED = """() => {
  SEEN
  const SLACK = 2, lines = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const floats = (one) => {
    for (let each = one; each; each = each.parentElement)
      if (['fixed', 'sticky'].includes(getComputedStyle(each).position)) return true;
    return false;
  };
  const range = document.createRange();
  while (words.nextNode()) {
    const one = words.currentNode.parentElement;
    if (!words.currentNode.textContent.trim() || one.closest('svg, script, style, select, textarea, dialog')) continue;
    if (!seen(one) || floats(one)) continue;
    range.selectNodeContents(words.currentNode);
    for (const box of range.getClientRects()) {
      const over = box.height * 0.2; // letters are lower than their line
      if (box.width > 1 && box.height > 1)
        lines.push({one, left: box.left, right: box.right, top: box.top + over, bottom: box.bottom - over,
                    text: words.currentNode.textContent.trim().slice(0, 40)});
    }
  }
  for (const one of document.querySelectorAll('input:not([type=hidden]), select, textarea, meter, progress')) {
    const {left, right, top, bottom} = one.getBoundingClientRect();
    if (seen(one) && !floats(one) && right > left) lines.push({one, left, right, top, bottom, text: told(one)});
  }
  for (const cell of document.querySelectorAll('[data-label]')) {
    const name = getComputedStyle(cell, '::before'), css = getComputedStyle(cell), box = cell.getBoundingClientRect();
    if (!seen(cell) || name.content === 'none' || name.display === 'inline') continue;
    const top = box.top + parseFloat(css.paddingTop), width = parseFloat(name.width), height = parseFloat(name.height);
    const [left, right] = css.direction === 'rtl' ? [box.right - width, box.right] : [box.left, box.left + width];
    lines.push({one: cell, left, right, top: top + 4, bottom: top + height - 4, text: cell.dataset.label});
  }
  lines.sort((one, other) => one.top - other.top);
  const found = [];
  lines.forEach((line, number) => {
    for (const other of lines.slice(number + 1)) {
      if (other.top >= line.bottom - SLACK) break;
      const wide = Math.min(line.right, other.right) - Math.max(line.left, other.left);
      const high = Math.min(line.bottom, other.bottom) - other.top;
      if (wide > SLACK && high > SLACK && !(line.one === other.one && line.text === other.text))
        found.push(`over each other: ${line.text} | ${other.text}`);
    }
  });
  return [...new Set(found)];
}""".replace("SEEN", SEEN)
# What has a frame or an area of its own, or is a table, and stands on its neighbour without a gap. Rows of one list or
# table have lines between them instead.
CROWDED = """() => {
  SEEN
  const LEAST = 4, found = [];
  const clear = (colour) => /^(transparent|rgba\\(.*, 0\\))$/.test(colour);
  const framed = (one) => {
    const css = getComputedStyle(one);
    const line = (side) => parseFloat(css[`border${side}Width`]) > 0 && css[`border${side}Style`] !== 'none'
      && !clear(css[`border${side}Color`]);
    return one.matches('table, .table-scroll') || !clear(css.backgroundColor) || (line('Top') && line('Bottom'));
  };
  const apart = (one) => {
    const css = getComputedStyle(one);
    return ['absolute', 'fixed', 'sticky'].includes(css.position) || css.float !== 'none' || /^inline/.test(css.display);
  };
  for (const parent of document.querySelectorAll('main, main *')) {
    if (parent.matches('table, thead, tbody, tfoot, tr, svg, svg *, select, .blocks, .kern-alert')) continue;
    const parts = [...parent.querySelectorAll(':scope > *')].filter((one) => seen(one) && !apart(one) && one.getBoundingClientRect().height > 1);
    parts.slice(1).forEach((one, number) => {
      const before = parts[number], up = before.getBoundingClientRect(), down = one.getBoundingClientRect();
      if (down.top < up.bottom - 4 || Math.min(up.right, down.right) <= Math.max(up.left, down.left)) return;
      const alike = before.tagName === one.tagName && one.matches('li, dt, dd, tr, option') && !one.matches('.card, .panel');
      if (!alike && (framed(before) || framed(one)) && down.top - up.bottom < LEAST)
        found.push(`no gap (${Math.round(down.top - up.bottom)}): ${told(before).slice(0, 70)} | ${told(one).slice(0, 70)}`);
    });
  }
  return found;
}""".replace("SEEN", SEEN)
