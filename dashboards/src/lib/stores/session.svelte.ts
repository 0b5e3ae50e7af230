import { fetchMe, isSignedOut } from '../api/client'
import type { Me } from '../api/wire'

export type SessionState = 'loading' | 'in' | 'out' | 'failed'

const RETRY_AFTER_MS = 3_000

/** Who is at the desk. Everything else on the page waits for it. */
class Session {
  state = $state<SessionState>('loading')
  me = $state.raw<Me>()
  error = $state.raw<unknown>()
  #retry: ReturnType<typeof setTimeout> | undefined

  async check(): Promise<void> {
    clearTimeout(this.#retry)
    try {
      this.me = await fetchMe()
      this.state = 'in'
    } catch (error) {
      if (isSignedOut(error)) {
        this.signedOut()
      } else {
        this.error = error
        this.state = 'failed'
        this.#retry = setTimeout(() => void this.check(), RETRY_AFTER_MS)
      }
    }
  }

  signedOut(): void {
    this.me = undefined
    this.state = 'out'
  }
}

export const session = new Session()
