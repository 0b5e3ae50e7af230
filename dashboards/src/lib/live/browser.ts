import type { LiveEnvironment } from './channel'

/** The real world: the browser's EventSource, clock and visibility. */
export const browser: LiveEnvironment = {
  open: (url) => new EventSource(url),
  now: () => performance.now(),
  setTimer: (action, afterMs) => window.setTimeout(action, afterMs),
  clearTimer: (timer) => window.clearTimeout(timer),
  random: () => Math.random(),
  onVisibility(listener) {
    const tell = () => listener(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  },
}

/** Adds the place to go on from: a new EventSource cannot send the Last-Event-ID header itself. */
export function resumable(path: string): (lastEventId: string | undefined) => string {
  return (lastEventId) =>
    lastEventId === undefined ? path : `${path}?lastEventId=${encodeURIComponent(lastEventId)}`
}
