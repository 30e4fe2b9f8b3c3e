/**
 * What the stage says: a banner at the top that asks for something, and a line at the bottom about
 * what was just done. Both are also read out.
 */
import { el } from '../dom.js';
import { announce } from '../say.js';

const SHOWN_MS = 5_000;

export function createNotice() {
  const banner = el('div', { class: 'banner', hidden: true });
  const line = el('div', { class: 'saying', aria: { hidden: 'true' } });
  const spoken = [];
  let timer = 0;
  let asked = null;

  /** Sentences said in one turn are read out together. */
  function speak(sentence) {
    spoken.push(sentence);
    if (spoken.length === 1) {
      queueMicrotask(() => announce(spoken.splice(0).join('. ')));
    }
  }

  /** Shown and read out. @param {'plain'|'warn'|'bad'} [kind] 'bad' stays */
  function say(sentence, kind = 'plain') {
    clearTimeout(timer);
    line.className = `saying shown ${kind}`;
    line.textContent = sentence;
    if (kind !== 'bad') {
      timer = setTimeout(() => line.classList.remove('shown'), SHOWN_MS);
    }
    speak(sentence);
  }

  function quiet() {
    clearTimeout(timer);
    line.classList.remove('shown');
  }

  /** Puts up the banner `name`, made by `make`; the same name again leaves it as it is. */
  function ask(name, make = () => ({})) {
    if (asked === name) {
      return;
    }
    asked = name;
    banner.hidden = name === null;
    banner.replaceChildren();
    if (name !== null) {
      const { sentence, hint, controls = [] } = make();
      banner.className = `banner ${name.split(' ')[0]}`;
      banner.append(
        el(
          'div',
          { class: 'banner-text' },
          el('strong', {}, sentence),
          hint ? el('span', { class: 'soft' }, hint) : '',
        ),
        ...controls,
      );
      speak(hint ? `${sentence} ${hint}` : sentence);
    }
  }

  /** How much of the stage the banner takes, in pixels from the top. */
  const covers = () => (banner.hidden ? 0 : banner.offsetTop + banner.offsetHeight);

  return { banner, line, say, speak, ask, quiet, covers };
}
