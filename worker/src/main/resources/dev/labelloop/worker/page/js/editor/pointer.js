/**
 * Mouse, pen and fingers on the stage. One finger or button does one thing from down to up: it pans,
 * moves the selected box, pulls a handle, draws, or (if it hardly moves) clicks; two fingers pinch.
 */
import { right, bottom, area } from './geometry.js';

/** A hand that moves less than this, in screen pixels, clicks. */
const CLICK_REACH = 5;

/** One notch of a mouse wheel zooms by about a fifth. */
const WHEEL_ZOOM = 0.002;
const LINE_HEIGHT = 16;

/**
 * @param {object} stage
 * @param {object} hand what the gestures come to, see hand.js
 */
export function createPointer(stage, hand) {
  const surface = stage.drawing;
  const fingers = new Map(); // pointer id → last point on the stage
  let gesture = null;

  const listeners = {
    pointerdown: down,
    pointermove: moved,
    pointerup: up,
    pointercancel: cancelled,
    wheel,
    click: spoken,
    contextmenu: (event) => event.preventDefault(),
    // To the browser a swift swipe is a fling, even here, and it drops the tap that follows it.
    touchmove: (event) => event.preventDefault(),
  };
  for (const [name, listener] of Object.entries(listeners)) {
    surface.addEventListener(name, listener, { passive: false });
  }

  function down(event) {
    const point = stage.pointOf(event);
    fingers.set(event.pointerId, point);
    surface.setPointerCapture(event.pointerId);
    event.preventDefault(); // neither text selection nor a native drag of the picture
    hand.took();
    if (fingers.size === 2) {
      end('cancel');
      gesture = { kind: 'pinch' };
    } else if (fingers.size === 1) {
      gesture = begin(event, point);
      gesture.start?.();
    }
  }

  function begin(event, point) {
    const handle = event.target.closest?.('[data-handle]')?.dataset.handle;
    const base = { at: point, from: stage.toImage(point), far: false, type: event.pointerType };
    if (event.button === 1 || hand.isPanning() || event.button === 2) {
      return { ...base, kind: 'pan', quiet: true };
    }
    if (hand.tool().name === 'drag') {
      return { ...base, kind: 'draw', start: () => hand.drawPoint(base.from) };
    }
    if (hand.tool().name === 'extreme') {
      return { ...base, kind: 'point' };
    }
    if (handle) {
      return { ...base, kind: 'resize', handle };
    }
    const selected = hand.selected();
    const onSelected = selected !== null && contains(selected, base.from);
    return { ...base, kind: onSelected && hand.mayDrag(event.pointerType) ? 'move' : 'pan' };
  }

  function moved(event) {
    const point = stage.pointOf(event);
    if (!fingers.has(event.pointerId)) {
      hand.aim(stage.toImage(point));
      return;
    }
    if (gesture?.kind === 'pinch') {
      pinch(event.pointerId, point);
    } else if (gesture) {
      pull(point);
    }
    fingers.set(event.pointerId, point);
  }

  function pinch(id, point) {
    const other = [...fingers.keys()].find((key) => key !== id);
    if (other !== undefined) {
      const still = fingers.get(other);
      stage.pinch(fingers.get(id), still, point, still);
    }
  }

  function pull(point) {
    const g = gesture;
    const last = g.last ?? g.at;
    if (!g.far && Math.hypot(point.x - g.at.x, point.y - g.at.y) < CLICK_REACH) {
      return;
    }
    g.far = true;
    g.last = point;
    const to = stage.toImage(point);
    if (g.kind === 'pan' || g.kind === 'point') {
      stage.pan(point.x - last.x, point.y - last.y);
    } else if (g.kind === 'draw') {
      hand.aim(to);
    } else {
      hand.drag(g.handle ?? null, to.x - g.from.x, to.y - g.from.y);
    }
  }

  function up(event) {
    const known = fingers.delete(event.pointerId);
    if (!known || !gesture) {
      return;
    }
    if (gesture.kind === 'pinch') {
      gesture = fingers.size === 0 ? null : gesture;
      hand.zoomed();
    } else {
      end('up', stage.pointOf(event));
    }
  }

  function cancelled(event) {
    fingers.delete(event.pointerId);
    end('cancel');
    gesture = fingers.size > 0 ? gesture : null;
  }

  function end(how, point) {
    const g = gesture;
    gesture = null;
    if (!g || g.kind === 'pinch') {
      return;
    }
    if (how === 'cancel') {
      hand.cancel();
    } else if (g.kind === 'draw' || g.kind === 'point') {
      if (g.kind === 'draw' || !g.far) {
        hand.drawPoint(stage.toImage(point));
      }
    } else if (!g.far) {
      g.quiet || hand.click(boxAt(g.from));
    } else if (g.kind === 'pan') {
      hand.zoomed();
    } else {
      hand.dragEnd();
    }
  }

  /** The smallest box under the point; clicked again, the next larger one. */
  function boxAt(point) {
    const under = hand
      .boxes()
      .filter((box) => contains(box, point, 3 / stage.view().scale))
      .sort((a, b) => area(a) - area(b));
    const at = under.findIndex((box) => box.id === hand.selected()?.id);
    return under.length === 0 ? null : under[(at + 1) % under.length].id;
  }

  /** A click without a pointer: a screen reader's, on one box. */
  function spoken(event) {
    const box = event.target.closest?.('[data-id]');
    if (event.detail === 0 && box) {
      hand.click(Number(box.dataset.id));
    }
  }

  function wheel(event) {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? LINE_HEIGHT : 1;
    if (event.shiftKey && !event.ctrlKey) {
      stage.pan(-(event.deltaX || event.deltaY) * unit, 0);
    } else {
      const speed = event.ctrlKey ? 4 : 1; // a pinch on a touchpad comes as small steps with ctrl
      stage.zoom(Math.exp(-event.deltaY * unit * WHEEL_ZOOM * speed), stage.pointOf(event));
    }
    hand.zoomed();
  }
}

const contains = (rect, point, reach = 0) =>
  point.x >= rect.x - reach &&
  point.y >= rect.y - reach &&
  point.x <= right(rect) + reach &&
  point.y <= bottom(rect) + reach;
