import { customerPath, fetchCustomer, fetchTimeline, isNotFound, isSignedOut } from '../api/client'
import { snapshot as readSnapshot } from '../api/wire'
import type { Snapshot, Touchpoint } from '../api/wire'
import type { LiveState } from '../live/channel'
import { connection } from './connection.svelte'
import { mergeTouchpoints } from './merge'
import type { PanelStatus } from './panel'

/** One customer, kept live, with the part of the timeline that was asked for. */
export class CustomerView {
  snapshot = $state.raw<Snapshot>()
  status = $state<PanelStatus | 'missing'>('loading')
  live = $state<LiveState>('connecting')
  error = $state.raw<unknown>()
  timeline = $state.raw<Touchpoint[]>([])
  timelineStatus = $state<PanelStatus>('loading')
  timelineError = $state.raw<unknown>()
  olderStatus = $state<'idle' | 'loading'>('idle')
  #cursor = $state<string>()
  readonly #id: string
  readonly close: () => void

  constructor(id: string) {
    this.#id = id
    this.close = connection.open<Snapshot>({
      url: () => `${customerPath(id)}/stream`,
      decode: { snapshot: (data) => readSnapshot(data, 'snapshot') },
      load: async () => {
        const timeline = this.loadTimeline()
        this.#take(await fetchCustomer(id))
        this.status = 'ready'
        await timeline
      },
      apply: (batch) => batch.forEach((snapshot) => this.#take(snapshot)),
      onState: (state) => (this.live = state),
      onFailure: (error) => {
        this.error = error
        if (isNotFound(error)) this.status = 'missing'
        else if (this.status !== 'ready') this.status = 'failed'
        return isNotFound(error) || isSignedOut(error) ? 'stop' : 'retry'
      },
    })
  }

  get hasOlder(): boolean {
    return this.#cursor !== undefined
  }

  /** Never throws: the timeline fails on its own, beside a snapshot that may stand. */
  async loadTimeline(): Promise<void> {
    try {
      const page = await fetchTimeline(this.#id)
      this.timeline = mergeTouchpoints(page.items, this.snapshot?.history.journey ?? [])
      this.#cursor = page.nextCursor
      this.timelineStatus = 'ready'
    } catch (error) {
      this.timelineError = error
      if (this.timelineStatus !== 'ready') this.timelineStatus = 'failed'
    }
  }

  async loadOlder(): Promise<void> {
    if (this.#cursor === undefined || this.olderStatus === 'loading') return
    this.olderStatus = 'loading'
    try {
      const page = await fetchTimeline(this.#id, this.#cursor)
      this.timeline = mergeTouchpoints(this.timeline, page.items)
      this.#cursor = page.nextCursor
    } catch (error) {
      this.timelineError = error
    } finally {
      this.olderStatus = 'idle'
    }
  }

  /** Versions only grow: an older one that comes late is dropped. */
  #take(snapshot: Snapshot): void {
    if (this.snapshot !== undefined && snapshot.version < this.snapshot.version) return
    this.snapshot = snapshot
    if (this.timelineStatus === 'ready') this.timeline = mergeTouchpoints(this.timeline, snapshot.history.journey)
  }
}
