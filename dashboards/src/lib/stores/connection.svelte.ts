import { SvelteMap } from 'svelte/reactivity'
import { browser } from '../live/browser'
import { LiveChannel } from '../live/channel'
import type { LiveOptions, LiveState } from '../live/channel'
import { isSignedOut } from '../api/client'
import { clock } from './clock.svelte'
import { session } from './session.svelte'

const WORST_FIRST: LiveState[] = ['error', 'stale', 'connecting', 'live']

/** All open streams of the page and the worst of their states: the one sign in the top bar. */
class Connection {
  readonly #states = new SvelteMap<number, LiveState>()
  readonly #channels = new Map<number, LiveChannel<never>>()
  #next = 0

  get state(): LiveState {
    const states = new Set(this.#states.values())
    return WORST_FIRST.find((state) => states.has(state)) ?? 'connecting'
  }

  /** Opens a stream for a store; the answer closes it. */
  open<M>(options: Omit<LiveOptions<M>, 'onHeartbeat' | 'onRefused'>): () => void {
    const id = this.#next++
    const channel = new LiveChannel<M>(
      {
        ...options,
        onState: (state) => {
          this.#states.set(id, state)
          options.onState(state)
        },
        onFailure: (error) => {
          if (isSignedOut(error)) session.signedOut()
          const verdict = options.onFailure(error)
        // What is given up on is no longer a broken connection.
        if (verdict === 'stop') this.#states.delete(id)
        return verdict
        },
        onHeartbeat: (at) => clock.heartbeat(at),
        onRefused: (error) => console.error('A live message was refused:', error instanceof Error ? error.message : error),
      },
      browser,
    )
    this.#channels.set(id, channel as LiveChannel<never>)
    return () => {
      channel.close()
      this.#channels.delete(id)
      this.#states.delete(id)
    }
  }

  retry(): void {
    for (const channel of this.#channels.values()) if (channel.state !== 'live') channel.retry()
  }
}

export const connection = new Connection()
