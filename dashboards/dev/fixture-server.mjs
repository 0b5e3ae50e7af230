/**
 * The routes of the query API with a short live story, so that the pages can be worked on without Kafka and Flink.
 *
 *   node dev/fixture-server.mjs [--port 8090] [--story live|empty|failed|signed-out|silent]
 *
 * Serves dist/ too when it was built, under the Content-Security-Policy of the real server.
 */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ago, makeActivity, makeAlert, makeJourney, makeSnapshot, PEOPLE } from './fixture-data.mjs'

const STORIES = ['live', 'empty', 'failed', 'signed-out', 'silent']
const { values } = parseArgs({
  options: { port: { type: 'string', default: '8090' }, story: { type: 'string', default: 'live' } },
})
const story = values.story
if (!STORIES.includes(story)) {
  console.error(`Unknown story; use one of ${STORIES.join(', ')}.`)
  process.exit(2)
}

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const CSP =
  "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; frame-ancestors 'none'"
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const HEARTBEAT_MS = 5_000
const STORY_STEP_MS = 6_000

const [maryam, james, ali, sara, zahra] = PEOPLE
const alerts =
  story === 'empty'
    ? []
    : [
        makeAlert('mood', maryam, 40),
        makeAlert('repeat', maryam, 250, { assignee: 'a-12', contactId: 'k-77' }),
        makeAlert('cart', zahra, 1260, { state: 'acknowledged' }),
        makeAlert('selfService', james, 2200, { state: 'retracted' }),
        makeAlert('cart', ali, 5200, { state: 'resolved' }),
        makeAlert('repeat', sara, 9100, { state: 'seen' }),
      ]
const journeys = new Map(PEOPLE.map((person) => [person.id, person.name && story !== 'empty' ? makeJourney(person) : []]))
const versions = new Map(PEOPLE.map((person) => [person.id, 118]))
const streams = new Map()
let step = 0
let cursor = 0

function activity() {
  if (story !== 'empty') return makeActivity(step)
  return { asOf: ago(0), totals: { contacts: 0, waiting: 0, carts: 0, abandonedCarts: 0, customers: 0 }, contacts: [], carts: [] }
}

function snapshot(person) {
  return makeSnapshot(person, versions.get(person.id), journeys.get(person.id))
}

function json(response, status, body) {
  response.writeHead(status, {
    'Content-Type': status < 400 ? 'application/json' : 'application/problem+json',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

function stream(name, request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write(': welcome\n\n')
  const clients = streams.get(name) ?? new Set()
  streams.set(name, clients.add(response))
  request.on('close', () => clients.delete(response))
}

function tell(name, event, data, id) {
  for (const client of streams.get(name) ?? []) {
    client.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
}

function api(request, response, url) {
  if (url.pathname === '/livez') return json(response, 200, { status: 'ok' })
  if (story === 'signed-out') {
    return json(response, 401, { title: 'Signed out', status: 401, detail: 'Send a session cookie or a bearer token.' })
  }
  if (url.pathname === '/v1/me') {
    return json(response, 200, { sub: 'a-12', name: 'نیلوفر صادقی', roles: ['agent'], tenant: 'default' })
  }
  if (story === 'failed') {
    return json(response, 503, { title: 'Not ready', status: 503, detail: 'The view is still being read from Kafka. Try again in a few seconds.' })
  }
  if (url.pathname === '/v1/alerts') return json(response, 200, { items: alerts.slice(0, 50), nextCursor: null })
  if (url.pathname === '/v1/activity') return json(response, 200, activity())
  if (url.pathname === '/v1/alerts/stream') return stream('alerts', request, response)
  if (url.pathname === '/v1/activity/stream') return stream('activity', request, response)
  const [, id, part] = /^\/v1\/customers\/([^/]+)(?:\/(stream|timeline))?$/.exec(url.pathname) ?? []
  const person = PEOPLE.find((each) => each.id === decodeURIComponent(id ?? ''))
  if (person === undefined) return json(response, 404, { title: 'Not found', status: 404, detail: 'Nothing here.' })
  if (part === 'stream') return stream(person.id, request, response)
  if (part === 'timeline') return json(response, 200, { items: journeys.get(person.id), nextCursor: null })
  return json(response, 200, snapshot(person))
}

function file(response, path) {
  const wanted = join(DIST, normalize(path))
  const found = wanted.startsWith(DIST) && existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(DIST, 'index.html')
  if (!existsSync(found)) return json(response, 404, { title: 'No build', detail: 'Run npm run build first.' })
  response.writeHead(200, {
    'Content-Type': TYPES[extname(found)] ?? 'application/octet-stream',
    'Content-Security-Policy': CSP,
    'X-Content-Type-Options': 'nosniff',
  })
  createReadStream(found).pipe(response)
}

function play() {
  step += 1
  tell('activity', 'activity', activity())
  if (step % 2 === 0) {
    const person = PEOPLE[step % 5]
    const alert = makeAlert(['repeat', 'selfService', 'cart', 'mood'][(step / 2) % 4], person, 1)
    alerts.unshift(alert)
    tell('alerts', 'alert', alert, ++cursor)
  } else {
    const first = alerts.find((alert) => alert.state === 'open')
    if (first !== undefined && step % 3 === 0) {
      first.state = 'acknowledged'
      tell('alerts', 'alert', first, ++cursor)
    }
  }
  for (const person of [maryam, james]) {
    versions.set(person.id, versions.get(person.id) + 1)
    if (step % 5 === 1) {
      const eventId = `${person.id}-live-${step}`
      journeys.get(person.id).unshift({ eventId, type: 'page.viewed', time: ago(0), channel: 'web', topic: 'delivery' })
    }
    tell(person.id, 'snapshot', snapshot(person))
  }
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost')
  if (url.pathname.startsWith('/v1/') || url.pathname === '/livez') api(request, response, url)
  else file(response, decodeURIComponent(url.pathname))
}).listen(Number(values.port), '127.0.0.1', () => {
  console.error(`The story "${story}" is told at http://127.0.0.1:${values.port}/`)
})

if (story !== 'silent') {
  setInterval(() => {
    for (const name of streams.keys()) tell(name, 'heartbeat', { at: ago(0) })
  }, HEARTBEAT_MS)
}
if (story === 'live') setInterval(play, STORY_STEP_MS)
