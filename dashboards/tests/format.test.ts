import { describe, expect, it } from 'vitest'
import { formatters } from '../src/lib/i18n/format'

const fa = formatters('fa', 'Asia/Tehran')
const en = formatters('en', 'Asia/Tehran')
/** Tehran is 3 h 30 min ahead of UTC: 13:45 there, on 1 Azar 1405. */
const KNOWN = new Date('2026-11-22T10:15:30.123Z')
/** Spring equinox of 2026, 20 March 14:46 UTC: Nowruz 1405 is the next day. */
const NOWRUZ = new Date('2026-03-21T08:00:00Z')
const before = (ms: number) => new Date(KNOWN.getTime() - ms)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Bidi marks are for the screen; what is read does not depend on them. */
const plain = (text: string) => text.replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, '').replace(/[\u00a0\u202f]/g, ' ')

describe('numbers', () => {
  it('are in the digits of the language', () => {
    expect(fa.number(12_480)).toBe('۱۲٬۴۸۰')
    expect(en.number(12_480)).toBe('12,480')
  })

  it('are shares and signed scores', () => {
    expect(plain(fa.percent(0.62))).toBe('۶۲٪')
    expect(en.percent(0.62)).toBe('62%')
    expect(en.score(-0.41)).toBe('-0.41')
    expect(en.score(0.3)).toBe('+0.30')
    expect(plain(fa.score(0.3))).toBe('+۰٫۳۰')
  })
})

describe('times', () => {
  it('are of the Jalali calendar in Persian and the Gregorian in English', () => {
    expect(plain(fa.dateTime(KNOWN))).toContain('۱ آذر ۱۴۰۵')
    expect(plain(fa.dateTime(KNOWN))).toContain('۱۳:۴۵')
    expect(plain(en.dateTime(KNOWN))).toBe('22 Nov 2026, 13:45')
  })

  it('begin the year at Nowruz', () => {
    expect(fa.day(NOWRUZ)).toContain('۱ فروردین')
    expect(plain(fa.dateTime(NOWRUZ))).toContain('۱۴۰۵')
    expect(plain(fa.dateTime(new Date(NOWRUZ.getTime() - DAY)))).toContain('۲۹ اسفند ۱۴۰۴')
  })

  it('fall on the day of the reader, not of UTC', () => {
    const lateInUtc = new Date('2026-11-22T21:00:00Z')
    expect(en.day(lateInUtc)).toContain('23 November')
    expect(fa.day(lateInUtc)).toContain('۲ آذر')
  })

  it('are found in a text of a rule, isolated or not', () => {
    expect(plain(fa.prose('آخرین بار در \u20682026-11-22T10:15:30.123Z\u2069 از آن خبر رسید'))).toBe(
      `آخرین بار در ${plain(fa.dateTime(KNOWN))} از آن خبر رسید`,
    )
    expect(plain(en.prose('Since 2026-11-22T13:45:30+03:30.'))).toBe('Since 22 Nov 2026, 13:45.')
    expect(en.prose('Order 2026-11-22 of 2026-99-22T10:15Z')).toBe('Order 2026-11-22 of 2026-99-22T10:15Z')
  })

  it('are told as an age while that says more', () => {
    expect(fa.relative(before(3 * MINUTE), KNOWN)).toBe('۳ دقیقه پیش')
    expect(en.relative(before(3 * MINUTE + 59_000), KNOWN)).toBe('3 minutes ago')
    expect(en.relative(before(2_000), KNOWN)).toBe('now')
    expect(fa.relative(before(2_000), KNOWN)).toBe('اکنون')
    expect(en.relative(before(59_999), KNOWN)).toBe('59 seconds ago')
    expect(en.relative(before(HOUR), KNOWN)).toBe('1 hour ago')
    expect(en.relative(before(DAY), KNOWN)).toBe('yesterday')
    expect(en.relative(before(-2 * HOUR), KNOWN)).toBe('in 2 hours')
  })

  it('are told as a date beyond a week', () => {
    expect(plain(en.relative(before(8 * DAY), KNOWN))).toBe('14 Nov 2026, 13:45')
  })
})

describe('lengths of time', () => {
  it('run like a stop watch', () => {
    expect(en.elapsed(245_000)).toBe('4:05')
    expect(fa.elapsed(245_000)).toBe('۴:۰۵')
    expect(en.elapsed(HOUR + 9_000)).toBe('1:00:09')
    expect(en.elapsed(-5_000)).toBe('0:00')
  })

  it('are told in their largest fitting unit', () => {
    expect(en.duration(12)).toBe('12 ms')
    expect(en.duration(1_500)).toBe('1.5 secs')
    expect(fa.duration(4 * MINUTE)).toBe('۴ دقیقه')
    expect(en.duration(36 * HOUR)).toBe('2 days')
  })

  it('are read from the windows of rules', () => {
    expect(en.window('24h')).toBe('24 hrs')
    expect(fa.window('7d')).toBe('۷ روز')
    expect(en.window('whole life')).toBe('whole life')
  })
})

describe('money', () => {
  it('has the name of the currency after the figure in Persian', () => {
    expect(plain(fa.money({ amount: '1250000', currency: 'IRR' }))).toBe('۱٬۲۵۰٬۰۰۰ ریال')
    expect(plain(fa.money({ amount: '12.5', currency: 'USD' }))).toBe('۱۲٫۵۰ دلار')
    expect(plain(fa.money({ amount: '-12.5', currency: 'CHF' }))).toContain('CHF')
  })

  it('is as the locale has it in English', () => {
    expect(plain(en.money({ amount: '1250000', currency: 'IRR' }))).toBe('IRR 1,250,000')
    expect(plain(en.money({ amount: '12.5', currency: 'EUR' }))).toBe('€12.50')
  })

  it('keeps every digit of an amount beyond what a number can hold', () => {
    expect(plain(en.money({ amount: '9007199254740993', currency: 'IRR' }))).toBe('IRR 9,007,199,254,740,993')
  })

  it('shows a currency nobody knows as it came', () => {
    expect(en.money({ amount: '5', currency: 'points' })).toBe('5 points')
  })
})
