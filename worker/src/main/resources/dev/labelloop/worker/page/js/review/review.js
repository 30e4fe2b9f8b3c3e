/** The review page: a session brings images, the editor shows them, and answers go back. */
import { el } from '../dom.js';
import { chooseCampaign } from '../choose.js';
import { createEditor } from '../editor/editor.js';
import { createKeys } from '../editor/keys.js';
import { previewUrl } from '../editor/picture.js';
import { createSession } from '../session/session.js';
import { campaignOfPage, may, openShell } from '../shell.js';
import { createCurtain } from './curtain.js';
import { createStatus } from './status.js';
import { createTrouble } from './trouble.js';

const { t, me, main } = await openShell('review');
const campaign = campaignOfPage();

if (!may(me, 'REVIEWER')) {
  main.append(
    el('div', { class: 'page narrow' }, el('p', { class: 'notice warn' }, t('page.notYours'))),
  );
} else if (campaign === null) {
  document.body.classList.remove('review');
  await chooseCampaign(main, t);
} else {
  await review();
}

async function review() {
  const host = el('div');
  const curtain = createCurtain({ t, onNext: () => session.next() });
  main.append(el('h1', { class: 'visually-hidden' }, t('review.title')), host);
  const keys = createKeys(localStorage);
  let shown = null; // view of the open image
  let before = null; // the answer given last: {key, version, answer}
  let again = null; // that one, while its image is opened once more

  const editor = createEditor(host, {
    strings: t,
    keys,
    onFinish: answered,
    onChange: () => session.saveDraft(editor.draft()),
    onBack: back,
    canGoBack: () => before !== null,
  });
  host.append(curtain.element);
  const status = createStatus({ t, campaign, act: editor.act });
  editor.panel.head.append(status.element);
  const trouble = createTrouble({ t, session: () => session, onOpen: reopen });

  const session = createSession({
    campaign,
    account: me.name,
    imageUrl: previewUrl,
    onImage,
    onState,
  });
  document.addEventListener('keydown', editor.key);
  await session.start();

  function onImage(opened) {
    curtain.opened(opened);
    if (opened === null) {
      shown = null;
      editor.close();
      return;
    }
    const { view, draft, unsent, picture } = opened;
    const mine = draft?.version === view.version ? draft.content : null;
    shown = view;
    editor.open({ ...view, answer: unsent ?? given(view) }, { picture, draft: mine });
    status.opened({ restored: mine !== null, returned: view.returned ?? null });
  }

  function onState(state) {
    status.show(state);
    curtain.show(state);
    trouble.show(state);
  }

  /** The answer that stands. Of box queries the server knows the label alone, this page the verdicts. */
  function given({ key, version, answer }) {
    return again?.key === key && again.version === version ? again.answer : answer;
  }

  function answered(answer) {
    const { key } = session.state();
    before = { key, version: shown.version + 1, answer };
    session.submit(answer, key).catch(trouble.failed);
  }

  /** To the image that was answered last, to answer it again. */
  function back() {
    again = before;
    before = null;
    reopen(again.key);
  }

  async function reopen(key) {
    try {
      await session.open(key);
    } catch (error) {
      trouble.failed(error);
    }
  }
}
