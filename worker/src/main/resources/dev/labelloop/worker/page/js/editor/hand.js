/** What gestures of the pointer do to boxes: draw them, move them, pull their handles. */
import { snap, snapMove, move, resize, tidy, rectOf } from './geometry.js';
import { SELECT, finished, isComplete, isDrawing, preview, withPoint } from './tools.js';

/** Edges this near to the image's border, in screen pixels, are put onto it. */
const SNAP = 6;

export function createHand(desk, modes) {
  const { t, stage, notice, card } = desk;
  const { sketch } = modes;
  const classes = stage.element.classList;
  const task = () => desk.task();
  let pulled = null; // rectangle of the selected box while it is dragged

  const reach = () => SNAP / stage.view().scale;

  function drawn(rect) {
    const result = task().draw(desk.now(), rect);
    modes.setTool(SELECT);
    desk.told(task().state.selected, result);
    desk.focusStage();
  }

  function drawPoint(point) {
    const { image } = task().state;
    const tool = withPoint(task().tool, point, image);
    if (!isComplete(tool)) {
      task().tool = tool;
      sketch.show(stage.view(), tool.points, null);
      desk.ask();
      return;
    }
    const rect = finished(tool, image, reach());
    if (rect) {
      drawn(rect);
    } else {
      modes.setTool({ ...tool, points: [] });
      notice.say(t('say.tooSmall'), 'warn');
    }
  }

  function aim(point) {
    if (task() && isDrawing(task().tool)) {
      const { tool, state } = task();
      sketch.show(stage.view(), tool.points, preview(tool, point, state.image), point);
    }
  }

  function drag(handle, dx, dy) {
    const box = rectOf(task().selected);
    const { image } = task().state;
    pulled = handle
      ? snap(resize(box, handle, dx, dy, image), image, reach())
      : snapMove(move(box, dx, dy, image), image, reach());
    classes.add('pulling');
    stage.shapes.preview(task().selected.id, pulled);
    desk.showHandles();
    card.preview(pulled);
  }

  function dragEnd() {
    const rect = reset();
    if (rect) {
      const box = task().selected;
      const result = task().place(desk.now(), tidy(rect));
      stage.shapes.preview(box.id, task().selected);
      desk.told(box.id, result);
      desk.changed({ follow: 'phase' });
    }
  }

  function cancel() {
    if (reset()) {
      stage.shapes.preview(task().selected.id, task().selected);
      desk.render();
    }
    if (task()?.tool.name === 'drag') {
      modes.setTool({ ...task().tool, points: [] });
    }
  }

  function reset() {
    const rect = pulled;
    pulled = null;
    classes.remove('pulling');
    return rect;
  }

  const boxesShown = () => task() && !modes.isHidden();

  return {
    drawn,
    drawPoint,
    aim,
    drag,
    dragEnd,
    cancel,
    reset,
    pulled: () => pulled,
    took: () => task() && desk.focusStage(),
    tool: () => task()?.tool ?? SELECT,
    boxes: () => (boxesShown() ? task().state.boxes : []),
    selected: () => (boxesShown() ? task().selected : null),
    /** A finger that goes over a box pans, unless the box is being edited. */
    mayDrag: (type) => (type !== 'touch' || modes.isEditing()) && !task().isCertain('geometry'),
    isPanning: () => modes.isPanning() || !task(),
    zoomed: desk.zoomed,
    click(id) {
      if (task()) {
        id === null ? stage.element.focus() : desk.select(id);
      }
    },
  };
}
