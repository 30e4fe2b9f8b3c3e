/** How the stage is used at the moment: a drawing tool, one box being edited, boxes hidden, panning. */
import { createSketch } from './sketch.js';
import { SELECT, isDrawing } from './tools.js';

const FINGERS = matchMedia('(pointer: coarse)').matches;

export function createModes(desk) {
  const { t, stage, notice } = desk;
  const sketch = createSketch(stage.sketch);
  const classes = stage.element.classList;
  let editing = null; // id of the box
  let hidden = false;
  let panning = false;

  function show() {
    classes.toggle('editing', editing !== null);
    classes.toggle('hidden-boxes', hidden);
    classes.toggle('panning', panning);
    classes.toggle('drawing', desk.task() !== null && isDrawing(desk.task().tool));
  }

  function setTool(tool) {
    desk.task().take(desk.now(), tool);
    editing = null;
    hidden = false;
    sketch.show(stage.view(), tool.points, null);
    show();
    desk.changed();
  }

  function setEditing(on) {
    const { selected } = desk.task();
    if (on && !selected) {
      notice.say(t('say.noSelection'));
      return;
    }
    editing = on ? selected.id : null;
    show();
    if (on) {
      stage.focusOn(selected);
      notice.say(t(FINGERS ? 'say.editingTouch' : 'say.editing', { box: desk.name(editing) }));
    } else {
      notice.say(t('say.edited'));
    }
    desk.render();
  }

  function setHidden(on) {
    hidden = on;
    show();
    notice.say(t(on ? 'say.hidden' : 'say.shown'));
    desk.render();
  }

  /** One step back to plain looking; tells whether there was one. */
  function escape() {
    if (desk.task() && isDrawing(desk.task().tool)) {
      setTool(SELECT);
    } else if (editing !== null) {
      setEditing(false);
    } else {
      return false;
    }
    return true;
  }

  return {
    sketch,
    setTool,
    setEditing,
    setHidden,
    escape,
    isEditing: () => editing !== null,
    isHidden: () => hidden,
    isPanning: () => panning,
    setPanning(on) {
      panning = on;
      show();
    },
    /** Another box is selected: the one before is done. */
    endEditingOfAnother() {
      if (editing !== null && editing !== desk.task().state.selected) {
        editing = null;
        show();
      }
    },
    /** Whatever changes boxes shows them first. */
    reveal() {
      if (hidden) {
        setHidden(false);
      }
    },
    reset() {
      editing = null;
      hidden = false;
      sketch.clear();
      show();
    },
  };
}
