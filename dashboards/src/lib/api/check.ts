/** A value from outside that is not what was agreed. Names the place, never the value: it may be personal. */
export class WireError extends Error {
  constructor(
    readonly at: string,
    readonly expected: string,
    got: unknown,
  ) {
    super(`${at} should be ${expected} but is ${kindOf(got)}`)
    this.name = 'WireError'
  }
}

/** Reads an unknown value found at a place into a checked one, or throws a WireError. */
export type Reader<T> = (value: unknown, at: string) => T

export type Read<R> = R extends Reader<infer T> ? T : never

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

export const text: Reader<string> = (value, at) => {
  if (typeof value !== 'string') throw new WireError(at, 'a text', value)
  return value
}

export const number: Reader<number> = (value, at) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new WireError(at, 'a number', value)
  return value
}

export const instant: Reader<string> = (value, at) => {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) {
    throw new WireError(at, 'an RFC 3339 time', value)
  }
  return value
}

/** A decimal kept as text, so that no digit of an amount is lost on the way to the screen. */
export const decimal: Reader<string> = (value, at) => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) {
    throw new WireError(at, 'a decimal number', value)
  }
  return value
}

export function oneOf<const W extends string>(...words: W[]): Reader<W> {
  return (value, at) => {
    const found = words.find((word) => word === value)
    if (found === undefined) throw new WireError(at, `one of ${words.join(', ')}`, value)
    return found
  }
}

export function list<T>(item: Reader<T>): Reader<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new WireError(at, 'a list', value)
    return value.map((entry, index) => item(entry, `${at}[${index}]`))
  }
}

export function dict<T>(item: Reader<T>): Reader<Record<string, T>> {
  return (value, at) => {
    const entries = Object.entries(object(value, at))
    return Object.fromEntries(entries.map(([key, entry]) => [key, item(entry, `${at}.${key}`)]))
  }
}

/** Absent and null are the same: unknown. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, at) => (value === undefined || value === null ? undefined : reader(value, at))
}

export function orElse<T>(reader: Reader<T>, fallback: T): Reader<T> {
  return (value, at) => (value === undefined || value === null ? fallback : reader(value, at))
}

/** Takes what fits and nothing else; used for decorations that must not take a whole page down. */
export function lenient<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, at) => {
    try {
      return reader(value, at)
    } catch {
      return undefined
    }
  }
}

export function record<S extends Record<string, Reader<unknown>>>(
  shape: S,
): Reader<{ [K in keyof S]: Read<S[K]> }> {
  return (value, at) => {
    const source = object(value, at)
    const result: Record<string, unknown> = {}
    for (const [key, reader] of Object.entries(shape)) {
      result[key] = reader(source[key], at === '' ? key : `${at}.${key}`)
    }
    return result as { [K in keyof S]: Read<S[K]> }
  }
}

export const object: Reader<Record<string, unknown>> = (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WireError(at === '' ? 'the answer' : at, 'an object', value)
  }
  return value as Record<string, unknown>
}
