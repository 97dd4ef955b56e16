// Where names stand in the network: below their dot or above it, where they cover no other name.

const CROWD = 400; // among more dots than these, a name may cover another dot
/** Whether two boxes (left, top, right, bottom) cover each other. */
export const over = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// A name is written where it covers no other name and no dot that is as large, and is not cut by the frame: those of the largest
// first. `scale` is how much of the drawing goes into a pixel, so that zooming in makes room for more.
export const named = (points, scale, frame = null) => {
  const dots = points.map(({ x, y, size }) => [x - size * 0.7, y - size * 0.7, x + size * 0.7, y + size * 0.7]);
  const taken = [];
  const place = (one, n) => {
    const [half, tall, gap] = [(one.title.length * 3.6 + 2) * scale, 16 * scale, one.size + 2 * scale];
    const free = (box) =>
      one.ring ||
      ((!frame || (box[0] > frame[0] && box[2] < frame[1])) &&
        !taken.some((b) => over(box, b)) &&
        (points.length > CROWD || !dots.some((b, k) => k !== n && points[k].size > one.size * 0.7 && over(box, b))));
    return [one.y + gap, one.y - gap - tall]
      .map((top) => [one.x - half, top, one.x + half, top + tall])
      .findIndex((box) => free(box) && taken.push(box));
  };
  return points.map((one, n) => {
    if (!one.title) return one;
    const at = place(one, n);
    const vadjust = at > 0 ? -2 * one.size - 24 * scale : 0;
    return {
      ...one,
      label: at < 0 ? undefined : one.title,
      font: { ...one.font, size: 13 * scale, strokeWidth: 3 * scale, vadjust },
    };
  });
};
