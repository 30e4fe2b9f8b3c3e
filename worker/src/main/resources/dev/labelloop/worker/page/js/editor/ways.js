/** Ways out of the image and back: the answer, skipping, the image before, and the dialogs. */
import { showHelp } from './help.js';
import { openSettings } from './settings.js';
import { askReason } from './skip.js';

/** A second undo within so many ms, where there is nothing to undo, goes to the image before. */
const BACK = 4_000;

export function createWays(desk) {
  const { t, keys, notice, onFinish, onBack = null } = desk;
  const canGoBack = desk.canGoBack ?? (() => onBack !== null);
  let asked = -Infinity; // when

  /** A dialog takes the keyboard, and gives it back to the picture. */
  async function modal(run) {
    const result = await run();
    if (desk.task()) {
      desk.focusStage();
    }
    return result;
  }

  async function skip() {
    const view = desk.view();
    const reason = await modal(() => askReason(t));
    if (reason !== null && desk.view() === view) {
      onFinish((desk.task() ?? desk.startTask(view)).skipped(desk.now(), reason));
    }
  }

  async function help() {
    if ((await modal(() => showHelp(t, keys.map()))) === 'settings') {
      await settings();
    }
  }

  const settings = () => modal(() => openSettings({ t, keys }));

  /** Nothing is left to undo here. Two presses lead back, so that nobody leaves by one too many. */
  function back() {
    const twice = desk.now() - asked < BACK;
    asked = desk.now();
    if (!canGoBack()) {
      notice.say(t('say.nothingToUndo'));
    } else if (twice) {
      onBack();
    } else {
      notice.say(t('say.undoBack'));
    }
  }

  return {
    modal,
    skip,
    help,
    settings,
    back,
    finish: () => onFinish(desk.task().answer(desk.now())),
    reset: () => (asked = -Infinity),
  };
}
