const SKEW_TO_HEED_MS = 2_000

/** The time by which ages are told: this machine's clock, set right by the server's heartbeats. */
class Clock {
  #skewMs = 0
  #now = $state(new Date())

  /** Ticks once a second; read in a component, it keeps ages running. */
  get now(): Date {
    return this.#now
  }

  start(): void {
    setInterval(() => this.#tick(), 1_000)
    document.addEventListener('visibilitychange', () => this.#tick())
  }

  heartbeat(at: string): void {
    const skew = Date.parse(at) - Date.now()
    if (Number.isNaN(skew)) return
    if (Math.abs(skew - this.#skewMs) < SKEW_TO_HEED_MS) return
    this.#skewMs = Math.abs(skew) < SKEW_TO_HEED_MS ? 0 : skew
    this.#tick()
  }

  #tick(): void {
    if (document.visibilityState === 'visible') this.#now = new Date(Date.now() + this.#skewMs)
  }
}

export const clock = new Clock()
