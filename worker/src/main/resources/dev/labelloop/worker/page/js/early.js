// Runs before anything is painted, so that no page flashes in the other theme or language.
(() => {
  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage is switched off: the system's theme and the browser's language are used
    }
  };
  const theme = stored('labelloop.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
  const chinese = (language) => /^zh\b/i.test(language);
  const language =
    stored('labelloop.language') ??
    (navigator.languages ?? []).find((l) => /^(en|zh)\b/i.test(l)) ??
    'en';
  document.documentElement.lang = chinese(language) ? 'zh' : 'en';
})();
