/**
 * Where a browser keeps what is not stored by the server yet: answers in IndexedDB, written through
 * to the disk; drafts in localStorage, because a page that is being closed has no time to wait.
 */
const DATABASE = 'labelloop';
const ANSWERS = 'answers';
const DRAFT = 'labelloop.draft.';
const ANSWER = 'labelloop.answer.';
/** Drafts of images that never came back. */
const FORGET_MS = 30 * 24 * 3_600_000;

export function browserStorage() {
  return { answers: answersIn(globalThis.indexedDB), drafts: draftsIn(globalThis.localStorage) };
}

/** IndexedDB, or localStorage where the browser has none or does not let it be opened. */
function answersIn(indexedDB) {
  const opened = open(indexedDB).then(inDatabase, (cause) => {
    console.warn('answers are kept in localStorage, because IndexedDB is not there', cause);
    return inLocalStorage(globalThis.localStorage);
  });
  return {
    list: async () => (await opened).list(),
    write: async (puts, deletes) => (await opened).write(puts, deletes),
  };
}

function open(indexedDB) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(ANSWERS, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another tab holds an older database open'));
  });
}

function inDatabase(database) {
  database.onversionchange = () => database.close();
  return {
    list: () =>
      new Promise((resolve, reject) => {
        const request = database.transaction(ANSWERS).objectStore(ANSWERS).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      }),
    write: (puts, deletes) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction(ANSWERS, 'readwrite', { durability: 'strict' });
        const store = transaction.objectStore(ANSWERS);
        puts.forEach((entry) => store.put(entry));
        deletes.forEach((id) => store.delete(id));
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      }),
  };
}

/** Puts before deletes: what is cut off in between is an answer sent twice, not one lost. */
export function inLocalStorage(localStorage) {
  return {
    list: async () =>
      Object.keys(localStorage)
        .filter((name) => name.startsWith(ANSWER))
        .map((name) => JSON.parse(localStorage.getItem(name))),
    async write(puts, deletes) {
      puts.forEach((entry) => localStorage.setItem(ANSWER + entry.id, JSON.stringify(entry)));
      deletes.forEach((id) => localStorage.removeItem(ANSWER + id));
    },
  };
}

export function draftsIn(localStorage, now = Date.now()) {
  forgetOld(localStorage, now);
  return {
    read: (name) => JSON.parse(localStorage.getItem(DRAFT + name)),
    /** False if the storage is full or switched off. */
    write(name, draft) {
      try {
        localStorage.setItem(DRAFT + name, JSON.stringify(draft));
        return true;
      } catch (cause) {
        console.error('the browser does not store drafts', cause);
        return false;
      }
    },
    remove: (name) => localStorage.removeItem(DRAFT + name),
  };
}

function forgetOld(localStorage, now) {
  Object.keys(localStorage)
    .filter((name) => name.startsWith(DRAFT))
    .filter((name) => JSON.parse(localStorage.getItem(name)).at < now - FORGET_MS)
    .forEach((name) => localStorage.removeItem(name));
}
