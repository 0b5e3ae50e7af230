import { LANGUAGES } from './languages'
import type { Lang } from './languages'

export interface Amount {
  amount: string
  currency: string
}

export interface Formatters {
  number(value: number): string
  percent(share: number): string
  /** Between -1 and 1, always with its sign. */
  score(value: number): string
  money(value: Amount): string
  /** Day and time of day. */
  dateTime(time: Date): string
  day(time: Date): string
  timeOfDay(time: Date): string
  /** A text of a rule: the instants in it (RFC 3339) as day and time of the reader's zone and calendar. */
  prose(text: string): string
  /** "3 minutes ago", "۳ دقیقه پیش". */
  relative(time: Date, now: Date): string
  /** A running time as `m:ss` or `h:mm:ss`. */
  elapsed(ms: number): string
  /** A length of time in its largest fitting unit: "12 ms", "۴ ثانیه". */
  duration(ms: number): string
  /** A window of a rule such as `24h`. */
  window(code: string): string
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** In Persian the name of the currency follows the figure; Intl puts the sign of the rial before it. */
const PERSIAN_CURRENCY: Record<string, string> = {
  IRR: 'ریال',
  IRT: 'تومان',
  USD: 'دلار',
  EUR: 'یورو',
  GBP: 'پوند',
  AED: 'درهم',
  TRY: 'لیر',
}

const WINDOW_UNITS = { s: 'second', m: 'minute', h: 'hour', d: 'day' } as const

/** With the isolates around it, which what takes its place does not need. */
const INSTANT = /\u2068?\b(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))\u2069?/g

const made = new Map<string, Formatters>()

/** The formatters of a language; made once, for Intl objects are slow to make. */
export function formatters(lang: Lang, timeZone?: string): Formatters {
  const key = `${lang} ${timeZone ?? ''}`
  let found = made.get(key)
  if (found === undefined) {
    found = make(lang, timeZone)
    made.set(key, found)
  }
  return found
}

function make(lang: Lang, timeZone: string | undefined): Formatters {
  const locale = LANGUAGES[lang].locale
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const signed = new Intl.NumberFormat(locale, {
    signDisplay: 'exceptZero',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone })
  const timeOfDay = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

  const units = new Map<string, Intl.NumberFormat>()
  const unit = (value: number, name: string) => {
    let format = units.get(name)
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 })
      units.set(name, format)
    }
    return format.format(value)
  }

  return {
    number: (value) => plain.format(value),
    percent: (value) => share.format(value),
    score: (value) => signed.format(value),
    money: (value) => money(lang, locale, value),
    dateTime: (time) => dateTime.format(time),
    day: (time) => day.format(time),
    timeOfDay: (time) => timeOfDay.format(time),
    prose: (text) =>
      text.replace(INSTANT, (found, instant: string) => {
        const time = new Date(instant)
        return Number.isNaN(time.getTime()) ? found : dateTime.format(time)
      }),
    relative(time, now) {
      const past = time.getTime() - now.getTime()
      const size = Math.abs(past)
      if (size < 5 * SECOND) return relative.format(0, 'second')
      if (size < MINUTE) return relative.format(Math.trunc(past / SECOND), 'second')
      if (size < HOUR) return relative.format(Math.trunc(past / MINUTE), 'minute')
      if (size < DAY) return relative.format(Math.trunc(past / HOUR), 'hour')
      if (size < 7 * DAY) return relative.format(Math.trunc(past / DAY), 'day')
      return dateTime.format(time)
    },
    elapsed(ms) {
      const seconds = Math.max(0, Math.floor(ms / SECOND))
      const hours = Math.floor(seconds / 3600)
      const minutes = Math.floor((seconds % 3600) / 60)
      const rest = two.format(seconds % 60)
      return hours > 0
        ? `${plain.format(hours)}:${two.format(minutes)}:${rest}`
        : `${plain.format(minutes)}:${rest}`
    },
    duration(ms) {
      if (ms < SECOND) return unit(Math.max(0, Math.round(ms)), 'millisecond')
      if (ms < MINUTE) return unit(ms / SECOND, 'second')
      if (ms < HOUR) return unit(Math.round(ms / MINUTE), 'minute')
      if (ms < DAY) return unit(ms / HOUR, 'hour')
      return unit(Math.round(ms / DAY), 'day')
    },
    window(code) {
      const parts = /^(\d+)([smhd])$/.exec(code)
      if (parts === null) return code
      return unit(Number(parts[1]), WINDOW_UNITS[parts[2] as keyof typeof WINDOW_UNITS])
    },
  }
}

function money(lang: Lang, locale: string, value: Amount): string {
  // Intl takes a decimal text digit for digit; its type only knows number literals.
  const exact = value.amount as Intl.StringNumericLiteral
  if (!/^[A-Z]{3}$/.test(value.currency)) {
    return `${new Intl.NumberFormat(locale).format(exact)} ${value.currency}`.trim()
  }
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: value.currency })
  if (lang !== 'fa') return format.format(exact)
  const figure = format
    .formatToParts(exact)
    .filter((part) => part.type !== 'currency' && part.type !== 'literal')
    .map((part) => part.value)
    .join('')
  return `${figure} ${PERSIAN_CURRENCY[value.currency] ?? value.currency}`
}
