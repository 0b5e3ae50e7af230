/** Strokes on a 24 by 24 field. */
export const ICONS = {
  voice: 'M6 3h3l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
  chat: 'M4 5h16v11H10l-4 4v-4H4z',
  email: 'M3 6h18v12H3zM3 7l9 7 9-7',
  sms: 'M4 5h16v11H10l-4 4v-4H4zM8 10.5h.01M12 10.5h.01M16 10.5h.01',
  social: 'M18 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM6 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 22a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8.6 10.5l6.8-4M8.6 13.5l6.8 4',
  video: 'M3 6h12v12H3zM15 10l6-3v10l-6-3',
  web: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  app: 'M7 2h10v20H7zM11 18h2',
  bot: 'M5 9h14v10H5zM12 9V5M12 5h.01M9.5 13.5h.01M14.5 13.5h.01M2 13v3M22 13v3',
  ivr: 'M6 4h.01M12 4h.01M18 4h.01M6 10h.01M12 10h.01M18 10h.01M6 16h.01M12 16h.01M18 16h.01M12 21h.01',
  in_person: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6',
  cart: 'M3 4h2.5l2.5 11h10l2.5-8H7M9.5 20h.01M17 20h.01',
  order: 'M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9',
  case: 'M4 8h16v11H4zM9 8V5h6v3M4 13h16',
  survey: 'M12 3l2.7 5.6 6.1.8-4.5 4.2 1.2 6.1L12 16.7 6.5 19.700l1.2-6.1L3.200 9.400l6.100-.8z',
  campaign: 'M4 10v4h3l9 4V6l-9 4zM19 10v4M7 14l1 5h2',
  offer: 'M3 12V4h8l10 10-8 8zM7.500 8.500h.01',
  profile: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6',
  event: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  refresh: 'M20 11a8 8 0 1 0-2.300 6M20 5v6h-6',
  forward: 'M9 5l7 7-7 7',
  back: 'M20 12H5M11 6l-6 6 6 6',
  quiet: 'M4 12h4l2-5 4 10 2-5h4',
  key: 'M8 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11h9v4M17 11v3',
  unplugged: 'M9 4v5M15 4v5M6 9h12v3a6 6 0 0 1-12 0zM12 18v3',
  flag: 'M5 21V4h13l-3 4.500 3 4.500H5',
} as const

export type IconName = keyof typeof ICONS

export function channelIcon(channel: string): IconName {
  return Object.hasOwn(ICONS, channel) ? (channel as IconName) : 'event'
}

const FAMILY_ICONS: Record<string, IconName> = {
  contact: 'voice',
  callback: 'voice',
  message: 'chat',
  selfservice: 'bot',
  page: 'web',
  screen: 'app',
  search: 'web',
  error: 'warning',
  cart: 'cart',
  checkout: 'cart',
  payment: 'warning',
  order: 'order',
  case: 'case',
  survey: 'survey',
  review: 'survey',
  social: 'social',
  campaign: 'campaign',
  offer: 'offer',
  loyalty: 'offer',
  profile: 'profile',
  identity: 'profile',
  relationship: 'profile',
  auth: 'key',
  consent: 'check',
}

/** The sign of an event: its channel where it is a contact or a message, else its family. */
export function eventIcon(type: string, channel: string | undefined): IconName {
  const family = type.split('.')[0] ?? ''
  if (channel !== undefined && (family === 'contact' || family === 'message' || family === 'selfservice')) {
    return channelIcon(channel)
  }
  return FAMILY_ICONS[family] ?? 'event'
}

const BAD = /\.(failed|abandoned|delayed|cancelled|returned|reopened|unsubscribed)$|^error\./
const GOOD = /\.(succeeded|resolved|delivered|placed|completed|accepted)$/

/** Whether an event is bad or good news, by its name. */
export function eventTone(type: string): 'bad' | 'good' | 'plain' {
  if (BAD.test(type)) return 'bad'
  return GOOD.test(type) ? 'good' : 'plain'
}
