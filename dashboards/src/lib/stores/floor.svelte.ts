import { fetchActivity, isSignedOut } from '../api/client'
import { activity as readActivity } from '../api/wire'
import type { Activity } from '../api/wire'
import type { LiveState } from '../live/channel'
import { connection } from './connection.svelte'
import type { PanelStatus } from './panel'

/** Calls and carts of this moment. */
export class Floor {
  activity = $state.raw<Activity>()
  status = $state<PanelStatus>('loading')
  live = $state<LiveState>('connecting')
  error = $state.raw<unknown>()
  readonly close: () => void

  constructor() {
    this.close = connection.open<Activity>({
      url: () => '/v1/activity/stream',
      decode: { activity: (data) => readActivity(data, 'activity') },
      load: async () => {
        this.activity = await fetchActivity()
        this.status = 'ready'
      },
      apply: (batch) => (this.activity = batch.at(-1) ?? this.activity),
      onState: (state) => (this.live = state),
      onFailure: (error) => {
        this.error = error
        if (this.status !== 'ready') this.status = 'failed'
        return isSignedOut(error) ? 'stop' : 'retry'
      },
    })
  }
}
