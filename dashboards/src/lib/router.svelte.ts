export type Route = { page: 'home' } | { page: 'customer'; id: string }

export function parseRoute(hash: string): Route {
  const id = /^#\/customers\/([^/?]+)/.exec(hash)?.[1]
  if (id === undefined) return { page: 'home' }
  try {
    return { page: 'customer', id: decodeURIComponent(id) }
  } catch {
    return { page: 'home' }
  }
}

export const HOME = '#/'
export const customerHref = (id: string) => `#/customers/${encodeURIComponent(id)}`

class Router {
  #route = $state.raw<Route>({ page: 'home' })

  get route(): Route {
    return this.#route
  }

  start(): void {
    const read = () => (this.#route = parseRoute(location.hash))
    addEventListener('hashchange', read)
    read()
  }

  /** The customer has a newer id: the address follows, without a step to go back to. */
  replaceCustomer(id: string): void {
    history.replaceState(history.state, '', customerHref(id))
    this.#route = { page: 'customer', id }
  }
}

export const router = new Router()
