import { fetchAlerts, isSignedOut } from '../api/client'
import { alert as readAlert } from '../api/wire'
import type { Alert } from '../api/wire'
import { resumable } from '../live/browser'
import type { LiveState } from '../live/channel'
import { connection } from './connection.svelte'
import { mergeAlerts } from './merge'
import type { PanelStatus } from './panel'

/** The alerts of the person signed in, kept live while the page is open. */
export class AlertFeed {
  items = $state.raw<Alert[]>([])
  status = $state<PanelStatus>('loading')
  live = $state<LiveState>('connecting')
  error = $state.raw<unknown>()
  /** What the last flush brought that was not there before, newest first. */
  arrived = $state.raw<Alert[]>([])
  /** Alerts that came in while the page was open. */
  readonly fresh = new Set<string>()
  readonly close: () => void

  constructor() {
    this.close = connection.open<Alert>({
      url: resumable('/v1/alerts/stream'),
      decode: { alert: (data) => readAlert(data, 'alert') },
      load: async () => {
        const page = await fetchAlerts()
        this.items = page.items
        this.status = 'ready'
      },
      apply: (batch) => this.#apply(batch),
      onState: (state) => (this.live = state),
      onFailure: (error) => {
        this.error = error
        if (this.status !== 'ready') this.status = 'failed'
        return isSignedOut(error) ? 'stop' : 'retry'
      },
    })
  }

  #apply(batch: Alert[]): void {
    const known = new Set(this.items.map((alert) => alert.alertId))
    this.items = mergeAlerts(this.items, batch)
    const arrived = this.items.filter((alert) => !known.has(alert.alertId))
    for (const alert of arrived) this.fresh.add(alert.alertId)
    if (arrived.length > 0) this.arrived = arrived
  }
}
