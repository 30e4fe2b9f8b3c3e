/**
 * One image in a person's hands: its boxes with undo, what was seen, how the time went, and the way
 * to the end. Everything but the screen: without DOM, and without a clock (`now` is in milliseconds).
 *
 * <p>The way of an image: boxes without a verdict are judged; when none is left, the person looks once
 * for objects that nobody boxed (the pass); then it can be finished. Of box queries, only the first.
 */
import { answerOf, draftOf, skippedOf } from './answers.js';
import * as model from './model.js';
import * as past from './history.js';
import * as clock from './timing.js';
import { createQueryState, isAsked, isQueries } from './queries.js';
import { look, unseen } from './seen.js';
import { SELECT, isDrawing } from './tools.js';

export class Task {
  /**
   * @param {object} view as of the server (docs/review-api.md)
   * @param {{now: number, openedAt: string, draft?: object|null}} how draft: what {@link draft} gave
   */
  constructor(view, { now, openedAt, draft = null }) {
    const known = draft && draft.proposals === view.proposals.length ? draft : null;
    const fresh = isQueries(view) ? createQueryState(view) : model.createState(view);
    this.view = view;
    this.queries = isQueries(view);
    this.history = past.createHistory(known ? { ...fresh, ...known.state } : fresh);
    this.timing = clock.createTiming(now, known?.timing.openedAt ?? openedAt, known?.timing);
    this.seen = new Set(known?.seen);
    this.drawClass = known?.drawClass ?? view.classes[0];
    this.tool = SELECT;
    this.passBegan = null;
    this.follow(now);
  }

  get state() {
    return this.history.present;
  }

  get selected() {
    return model.selectedBox(this.state);
  }

  /** `judge` while boxes wait for a verdict, then `pass` (or `done`, of box queries). */
  get phase() {
    if (model.openBoxes(this.state).length > 0) {
      return 'judge';
    }
    return this.queries ? 'done' : 'pass';
  }

  /** The person is there. */
  touch(now) {
    clock.touch(this.timing, now);
  }

  /** Takes up a drawing tool, or `SELECT`. Time spent drawing is not time spent looking. */
  take(now, tool) {
    this.tool = tool;
    this.follow(now);
  }

  follow(now) {
    const passing = this.phase === 'pass';
    if (passing && this.passBegan === null) {
      this.passBegan = now;
    }
    clock.setPass(this.timing, now, passing && !isDrawing(this.tool));
  }

  /**
   * Makes a change and records it; tells whether something changed, and whether hastily.
   *
   * @returns {{changed: boolean, hasty: boolean, certain?: string}} certain: what may not be changed
   */
  commit(now, state, kind, box, run = null) {
    const before = this.history;
    this.history = past.commit(before, state, { run, at: now });
    const changed = this.history !== before && state.boxes !== before.present.boxes;
    const goesOn = changed && this.history.past === before.past;
    const hasty = changed && !goesOn && clock.record(this.timing, now, kind, box?.proposal ?? null);
    this.follow(now);
    return { changed, hasty };
  }

  select(id) {
    this.history = past.withPresent(this.history, model.select(this.state, id));
  }

  /** Selects the next (1) or previous (-1) box by certainty. */
  step(step) {
    this.select(model.neighbour(this.state, step));
  }

  /** Selects the next box without a verdict; tells whether there is one. */
  advance() {
    const id = model.neighbour(this.state, 1, (box) => box.verdict === 'open');
    if (id !== null) {
      this.select(id);
    }
    return id !== null;
  }

  verdict(now, transition, kind, run) {
    const box = this.selected;
    if (!box) {
      return { changed: false, hasty: false };
    }
    const asked = this.queries && (kind === 'accept' || kind === 'reject');
    return this.commit(now, transition(this.state, box.id), asked ? 'query' : kind, box, run);
  }

  accept(now) {
    return this.verdict(now, model.accept, 'accept');
  }

  reject(now) {
    const kind = this.selected?.origin === null ? 'delete' : 'reject';
    return this.verdict(now, model.reject, kind);
  }

  /** Gives the selected box another class; new boxes get it too. */
  relabel(now, name) {
    this.drawClass = name;
    const accepts = this.selected?.class === name;
    if (!accepts && this.isCertain('class')) {
      return { changed: false, hasty: false, certain: 'class' };
    }
    return this.verdict(
      now,
      (state, id) => model.relabel(state, id, name),
      accepts ? 'accept' : 'relabel',
    );
  }

  /** Whether the selected box's `class` or `geometry` is not asked about. */
  isCertain(what) {
    return this.selected !== null && !isAsked(this.selected, what);
  }

  /** Moves or resizes the selected box; changes with one `run` name are undone together. */
  place(now, rect, run = null) {
    if (this.isCertain('geometry')) {
      return { changed: false, hasty: false, certain: 'geometry' };
    }
    return this.verdict(now, (state, id) => model.place(state, id, rect), 'move', run);
  }

  draw(now, rect) {
    const state = model.draw(this.state, rect, this.drawClass);
    const result = this.commit(now, state, 'draw', null);
    this.seen.add(state.selected);
    return result;
  }

  noObjects(now) {
    return this.commit(now, model.noObjects(this.state), 'no-objects', null);
  }

  undo(now) {
    return this.travel(now, past.undo, 'undo');
  }

  redo(now) {
    return this.travel(now, past.redo, 'redo');
  }

  travel(now, way, kind) {
    const before = this.history;
    this.history = way(before);
    if (this.history === before) {
      return { changed: false, hasty: false };
    }
    clock.record(this.timing, now, kind);
    this.follow(now);
    return { changed: true, hasty: false };
  }

  /** Looks at what the stage shows; what is seen for the first time is an event. */
  look(now, viewport, stage) {
    const fresh = look(this.seen, this.state, viewport, stage);
    fresh.forEach((box) => clock.record(this.timing, now, 'seen', box.proposal));
    return fresh;
  }

  /** The person zoomed or panned. */
  zoomed(now) {
    clock.record(this.timing, now, 'zoom');
  }

  /**
   * The key that accepts the rest and goes on. What it came to:
   * `unseen` — `n` boxes were never on the screen, the first of them is selected now;
   * `pass` — the rest is accepted (`hasty`: in no time), now the picture is looked over;
   * `asked` — a question is open, it is selected now;
   * `soon` — nobody can have looked the picture over yet;
   * `finish` — the image can be answered.
   */
  forward(now) {
    if (this.phase === 'judge') {
      return this.queries ? this.toOpen() : this.acceptRest(now);
    }
    if (this.phase === 'pass' && now - this.passBegan < clock.HASTY_MS) {
      return { kind: 'soon' };
    }
    return { kind: 'finish' };
  }

  toOpen() {
    if (this.selected?.verdict !== 'open') {
      this.advance();
    }
    return { kind: 'asked', n: model.openBoxes(this.state).length };
  }

  acceptRest(now) {
    const hidden = unseen(this.seen, this.state);
    if (hidden.length > 0) {
      this.select(hidden[0]);
      return { kind: 'unseen', n: hidden.length };
    }
    const { hasty } = this.commit(now, model.acceptRest(this.state), 'accept-rest', null);
    return { kind: 'pass', hasty };
  }

  answer(now) {
    return answerOf(this, now);
  }

  skipped(now, reason) {
    return skippedOf(this, now, reason);
  }

  draft(now) {
    return draftOf(this, now);
  }
}
