/** What the page may claim about one stream. Only `live` means that what is shown is what is. */
export type LiveState = 'connecting' | 'live' | 'stale' | 'error'

/** The part of the browser's EventSource that is used; a test hands in its own. */
export interface EventStream {
  onopen: ((event: Event) => void) | null
  onerror: ((event: Event) => void) | null
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void
  close(): void
}

/** The world a channel lives in. */
export interface LiveEnvironment {
  open(url: string): EventStream
  now(): number
  setTimer(action: () => void, afterMs: number): number
  clearTimer(timer: number): void
  /** Between 0 and 1, for the jitter of reconnects. */
  random(): number
  /** Tells when the page is hidden or shown again; returns how to stop listening. */
  onVisibility(listener: (visible: boolean) => void): () => void
}

export interface LiveOptions<M> {
  /** Address of the stream; `lastEventId` is given when resuming after a break. */
  url(lastEventId: string | undefined): string
  /** One checked decoder for each named event; it throws on what it does not accept. */
  decode: Record<string, (data: unknown) => M>
  /** Reads the whole once per connection. What the stream says meanwhile is held back and applied after it. */
  load(): Promise<void>
  /** Takes what came since the last flush, in order of arrival. */
  apply(batch: M[]): void
  onState(state: LiveState): void
  /** Says whether a failed load is worth another try. */
  onFailure(error: unknown): 'retry' | 'stop'
  /** A message that was refused by its decoder; the stream goes on. */
  onRefused?(error: unknown): void
  onHeartbeat?(at: string): void
}

export const STALE_AFTER_MS = 15_000
export const FLUSH_EVERY_MS = 250
export const OPEN_GRACE_MS = 1_000
export const PARK_AFTER_MS = 60_000
export const FIRST_RETRY_MS = 1_000
export const LONGEST_RETRY_MS = 30_000
const FAILURES_TO_ERROR = 3
const HELD_AT_MOST = 2_000

/** Exponential, capped, and spread over its upper half so that a restarted server is not stormed by all pages at once. */
export function retryDelayMs(failures: number, random: number): number {
  const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1))
  return Math.round(whole * (0.5 + random / 2))
}

/**
 * Owns one stream: connect, load, buffer, flush, notice silence, reconnect, close.
 * The whole is loaded after the stream has opened, then what the stream said is applied on top, so nothing falls
 * between the two and the later word wins.
 */
export class LiveChannel<M> {
  readonly #options: LiveOptions<M>
  readonly #env: LiveEnvironment
  readonly #timers = new Map<'watchdog' | 'retry' | 'grace' | 'flush' | 'park', number>()
  readonly #forgetVisibility: () => void
  #stream: EventStream | undefined
  #state: LiveState = 'connecting'
  #lastEventId: string | undefined
  #buffer: M[] = []
  #lastFlush = Number.NEGATIVE_INFINITY
  #failures = 0
  #loads = 0
  #loading = false
  #loaded = false
  #parked = false
  #closed = false

  constructor(options: LiveOptions<M>, env: LiveEnvironment) {
    this.#options = options
    this.#env = env
    this.#forgetVisibility = env.onVisibility((visible) => this.#visibility(visible))
    options.onState(this.#state)
    this.#connect()
  }

  get state(): LiveState {
    return this.#state
  }

  /** Tries again at once, whatever the back-off says. */
  retry(): void {
    if (this.#closed) return
    this.#failures = 0
    this.#become('connecting')
    this.#connect()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#forgetVisibility()
    this.#disconnect()
    for (const name of [...this.#timers.keys()]) this.#cancel(name)
  }

  #connect(): void {
    this.#disconnect()
    const stream = this.#env.open(this.#options.url(this.#lastEventId))
    this.#stream = stream
    let opened = false
    stream.onopen = () => {
      if (this.#stream !== stream) return
      opened = true
      this.#heard()
      this.#load()
    }
    stream.onerror = () => {
      if (this.#stream !== stream) return
      this.#dropped()
      // With no stream there is still the list, at the pace of the tries; it also tells why, as a stream cannot.
      if (!this.#loading) this.#load()
    }
    // A server may send its headers only with the first event; the reader should not wait for that.
    this.#after('grace', OPEN_GRACE_MS, () => {
      if (!opened && !this.#loaded) this.#load()
    })
    const on = (name: string, take: (event: MessageEvent<string>) => void) =>
      stream.addEventListener(name, (event) => {
        if (this.#stream !== stream) return
        this.#failures = 0
        this.#heard()
        if (event.lastEventId) this.#lastEventId = event.lastEventId
        take(event)
      })
    on('heartbeat', (event) => this.#heartbeat(event.data))
    on('reset', () => {
      this.#lastEventId = undefined
      this.#load()
    })
    for (const [name, decode] of Object.entries(this.#options.decode)) {
      on(name, (event) => this.#received(decode, event.data))
    }
  }

  #received(decode: (data: unknown) => M, text: string): void {
    let message: M
    try {
      message = decode(JSON.parse(text))
    } catch (error) {
      this.#options.onRefused?.(error)
      return
    }
    this.#buffer.push(message)
    if (this.#buffer.length > HELD_AT_MOST) this.#load()
    else this.#scheduleFlush()
  }

  #heartbeat(text: string): void {
    const at = /"at"\s*:\s*"([^"]+)"/.exec(text)?.[1]
    if (at !== undefined) this.#options.onHeartbeat?.(at)
  }

  #load(): void {
    this.#flush()
    this.#buffer = []
    this.#loading = true
    const load = ++this.#loads
    this.#options.load().then(
      () => {
        if (this.#closed || load !== this.#loads) return
        this.#loading = false
        this.#loaded = true
        this.#flush()
      },
      (error: unknown) => {
        if (this.#closed || load !== this.#loads) return
        this.#loading = false
        if (this.#options.onFailure(error) === 'stop') this.close()
        // Without a stream the next try is already on its way, and it loads again.
        else if (this.#stream !== undefined) this.#dropped()
      },
    )
  }

  #scheduleFlush(): void {
    if (this.#loading || this.#timers.has('flush')) return
    const wait = this.#lastFlush + FLUSH_EVERY_MS - this.#env.now()
    if (wait <= 0) this.#flush()
    else this.#after('flush', wait, () => this.#flush())
  }

  #flush(): void {
    this.#cancel('flush')
    if (this.#loading || this.#buffer.length === 0) return
    const batch = this.#buffer
    this.#buffer = []
    this.#lastFlush = this.#env.now()
    this.#options.apply(batch)
  }

  #heard(): void {
    this.#become('live')
    this.#after('watchdog', STALE_AFTER_MS, () => {
      this.#become('stale')
      this.#dropped()
    })
  }

  #dropped(): void {
    this.#disconnect()
    this.#failures += 1
    if (this.#failures >= FAILURES_TO_ERROR) this.#become('error')
    else if (this.#state === 'live') this.#become('connecting')
    this.#after('retry', retryDelayMs(this.#failures, this.#env.random()), () => this.#connect())
  }

  /** A browser allows six streams to one host over HTTP/1.1, for all tabs: a tab nobody looks at gives its own back. */
  #visibility(visible: boolean): void {
    if (!visible) {
      this.#after('park', PARK_AFTER_MS, () => {
        this.#disconnect()
        this.#parked = true
        this.#become('stale')
      })
      return
    }
    this.#cancel('park')
    if (this.#parked) {
      this.#parked = false
      this.retry()
    }
  }

  #disconnect(): void {
    const stream = this.#stream
    this.#stream = undefined
    stream?.close()
    this.#cancel('watchdog')
    this.#cancel('grace')
    this.#cancel('retry')
  }

  #become(state: LiveState): void {
    if (this.#state === state) return
    this.#state = state
    this.#options.onState(state)
  }

  #after(name: 'watchdog' | 'retry' | 'grace' | 'flush' | 'park', ms: number, action: () => void): void {
    this.#cancel(name)
    const timer = this.#env.setTimer(() => {
      this.#timers.delete(name)
      action()
    }, ms)
    this.#timers.set(name, timer)
  }

  #cancel(name: 'watchdog' | 'retry' | 'grace' | 'flush' | 'park'): void {
    const timer = this.#timers.get(name)
    if (timer === undefined) return
    this.#timers.delete(name)
    this.#env.clearTimer(timer)
  }
}
