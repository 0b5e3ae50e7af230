import type { Reader } from './check'
import { activity, alertPage, me, problemText, snapshot, touchpointPage } from './wire'

/** The service could not be reached, or answered with something other than the data asked for. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    message: string,
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

export async function get<T>(path: string, read: Reader<T>): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', headers: { Accept: 'application/json' } })
  } catch {
    throw new ApiError(0, '')
  }
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new ApiError(response.status, problemText(body) ?? `HTTP ${response.status}`)
  return read(body, '')
}

export const customerPath = (id: string) => `/v1/customers/${encodeURIComponent(id)}`

export const fetchMe = () => get('/v1/me', me)
export const fetchAlerts = () => get('/v1/alerts?limit=50', alertPage)
export const fetchActivity = () => get('/v1/activity', activity)
export const fetchCustomer = (id: string) => get(customerPath(id), snapshot)
export const fetchTimeline = (id: string, cursor?: string) =>
  get(
    `${customerPath(id)}/timeline?limit=50${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    touchpointPage,
  )
