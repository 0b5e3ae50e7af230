import type { EventStream, LiveEnvironment } from '../src/lib/live/channel'

/** A stream whose server is the test. */
export class FakeStream implements EventStream {
  onopen: ((event: Event) => void) | null = null
  onerror: ((event: Event) => void) | null = null
  closed = false
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>()

  constructor(readonly url: string) {}

  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(name, listener)
  }

  close(): void {
    this.closed = true
  }

  open(): void {
    this.onopen?.({} as Event)
  }

  breakOff(): void {
    this.onerror?.({} as Event)
  }

  say(name: string, data: unknown, lastEventId = ''): void {
    this.sayRaw(name, JSON.stringify(data), lastEventId)
  }

  sayRaw(name: string, data: string, lastEventId = ''): void {
    this.#listeners.get(name)?.({ data, lastEventId } as MessageEvent<string>)
  }

  heartbeat(at = '2026-11-22T10:15:30Z'): void {
    this.say('heartbeat', { at })
  }
}

interface Timer {
  id: number
  due: number
  action: () => void
}

/** A world with a clock that only moves when told to. */
export class FakeWorld implements LiveEnvironment {
  readonly streams: FakeStream[] = []
  #now = 0
  #timers: Timer[] = []
  #nextTimer = 1
  #visibility: ((visible: boolean) => void) | undefined

  get stream(): FakeStream {
    const last = this.streams.at(-1)
    if (last === undefined) throw new Error('no stream has been opened')
    return last
  }

  get timers(): number {
    return this.#timers.length
  }

  get watched(): boolean {
    return this.#visibility !== undefined
  }

  open(url: string): FakeStream {
    const stream = new FakeStream(url)
    this.streams.push(stream)
    return stream
  }

  now(): number {
    return this.#now
  }

  setTimer(action: () => void, afterMs: number): number {
    const id = this.#nextTimer++
    this.#timers.push({ id, due: this.#now + afterMs, action })
    return id
  }

  clearTimer(timer: number): void {
    this.#timers = this.#timers.filter(({ id }) => id !== timer)
  }

  random(): number {
    return 1
  }

  onVisibility(listener: (visible: boolean) => void): () => void {
    this.#visibility = listener
    return () => (this.#visibility = undefined)
  }

  show(visible: boolean): void {
    this.#visibility?.(visible)
  }

  /** Lets time pass, runs what falls due in order, and lets promises settle. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    await settled()
    for (;;) {
      const next = this.#timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0]
      if (next === undefined) break
      this.#now = next.due
      this.clearTimer(next.id)
      next.action()
      await settled()
    }
    this.#now = end
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}
