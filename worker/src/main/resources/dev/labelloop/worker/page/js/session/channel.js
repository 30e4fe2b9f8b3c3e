const NAME = 'labelloop';

/** Words among the tabs of this browser; without BroadcastChannel nobody hears them. */
export function browserChannel() {
  if (!globalThis.BroadcastChannel) {
    return { post() {}, listen: () => () => {}, close() {} };
  }
  const channel = new BroadcastChannel(NAME);
  return {
    post: (message) => channel.postMessage(message),
    listen(hear) {
      channel.onmessage = (event) => hear(event.data);
      return () => channel.close();
    },
    close: () => channel.close(),
  };
}

/** Tells all tabs who has signed in: those of the same person go on, others stop. */
export function tellSignedIn(name) {
  const channel = browserChannel();
  channel.post({ kind: 'signed-in', name });
  channel.close();
}
