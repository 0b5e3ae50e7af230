import { beforeEach, describe, expect, it } from 'vitest'
import { resumable } from '../src/lib/live/browser'
import {
  FLUSH_EVERY_MS,
  LiveChannel,
  LONGEST_RETRY_MS,
  OPEN_GRACE_MS,
  PARK_AFTER_MS,
  retryDelayMs,
  STALE_AFTER_MS,
} from '../src/lib/live/channel'
import type { LiveState } from '../src/lib/live/channel'
import { FakeWorld } from './fake-stream'

interface Note {
  id: string
}

let world: FakeWorld
let batches: string[][]
let states: LiveState[]
let refused: unknown[]
let loads: number
/** The switch of the list route: what the next load does. */
let answer: () => Promise<void>
let verdict: 'retry' | 'stop'
let finishLoad: () => void

function decode(data: unknown): Note {
  const { id } = data as Partial<Note>
  if (typeof id !== 'string') throw new Error('id should be a text')
  return { id }
}

function channel(): LiveChannel<Note> {
  return new LiveChannel<Note>(
    {
      url: resumable('/notes/stream'),
      decode: { note: decode },
      load: () => {
        loads += 1
        return answer()
      },
      apply: (batch) => batches.push(batch.map(({ id }) => id)),
      onState: (state) => states.push(state),
      onFailure: () => verdict,
      onRefused: (error) => refused.push(error),
    },
    world,
  )
}

beforeEach(() => {
  world = new FakeWorld()
  batches = []
  states = []
  refused = []
  loads = 0
  verdict = 'retry'
  answer = () => Promise.resolve()
})

function loadsUntilTold(): void {
  answer = () => new Promise((resolve) => (finishLoad = resolve))
}

describe('connecting', () => {
  it('loads the whole once the stream is open and then calls itself live', async () => {
    channel()
    expect(loads).toBe(0)
    world.stream.open()
    await world.pass(0)
    expect(loads).toBe(1)
    expect(states).toEqual(['connecting', 'live'])
  })

  it('does not make the reader wait for a server that sends its headers late', async () => {
    channel()
    await world.pass(OPEN_GRACE_MS)
    expect(loads).toBe(1)
    expect(states).toEqual(['connecting'])
    world.stream.open()
    await world.pass(0)
    expect(loads).toBe(2)
  })

  it('shows the list even when the stream cannot be opened', async () => {
    channel()
    world.stream.breakOff()
    await world.pass(0)
    expect(loads).toBe(1)
  })

  it('goes on asking for the list, with each try, while streams are refused', async () => {
    answer = () => Promise.reject(new Error('503'))
    channel()
    world.stream.breakOff()
    await world.pass(1_000)
    answer = () => Promise.resolve()
    world.stream.breakOff()
    await world.pass(2_000)
    world.stream.breakOff()
    await world.pass(0)
    expect(loads).toBe(3)
    expect(world.streams).toHaveLength(3)
  })

  it('learns from the list that the reader was signed out, which a stream cannot say', async () => {
    channel()
    world.stream.open()
    await world.pass(0)
    verdict = 'stop'
    answer = () => Promise.reject(new Error('401'))
    world.stream.breakOff()
    await world.pass(LONGEST_RETRY_MS)
    expect(world.streams).toHaveLength(1)
    expect(world.timers).toBe(0)
  })
})

describe('buffering', () => {
  it('holds back what is said during the load and applies it after, in order', async () => {
    loadsUntilTold()
    channel()
    world.stream.open()
    world.stream.say('note', { id: 'a' })
    world.stream.say('note', { id: 'b' })
    await world.pass(FLUSH_EVERY_MS * 4)
    expect(batches).toEqual([])
    finishLoad()
    await world.pass(0)
    expect(batches).toEqual([['a', 'b']])
  })

  it('applies the first message at once and at most four batches a second after it', async () => {
    channel()
    world.stream.open()
    await world.pass(1_000)
    for (let n = 0; n < 100; n++) {
      world.stream.say('note', { id: `n${n}` })
      await world.pass(10)
    }
    // 100 messages in 1000 ms: at 0, 250, 500, 750 and the last at 1000.
    await world.pass(FLUSH_EVERY_MS)
    expect(batches).toHaveLength(5)
    expect(batches[0]).toEqual(['n0'])
    expect(batches.flat()).toEqual(Array.from({ length: 100 }, (_, n) => `n${n}`))
  })

  it('refuses a bad message and goes on', async () => {
    channel()
    world.stream.open()
    await world.pass(1_000)
    world.stream.say('note', { id: 7 })
    world.stream.sayRaw('note', '{not json')
    world.stream.say('note', { id: 'good' })
    expect(refused).toHaveLength(2)
    expect(batches).toEqual([['good']])
  })

  it('loads anew instead of growing without end while a load hangs', async () => {
    loadsUntilTold()
    channel()
    world.stream.open()
    await world.pass(0)
    for (let n = 0; n <= 2_000; n++) world.stream.say('note', { id: `n${n}` })
    expect(loads).toBe(2)
    finishLoad()
    await world.pass(0)
    expect(batches).toEqual([])
  })
})

describe('silence and breaks', () => {
  it('is stale after fifteen seconds without a heartbeat, and reconnects', async () => {
    channel()
    world.stream.open()
    await world.pass(STALE_AFTER_MS - 1)
    expect(states.at(-1)).toBe('live')
    await world.pass(1)
    expect(states.at(-1)).toBe('stale')
    expect(world.streams[0]?.closed).toBe(true)
    await world.pass(1_000)
    expect(world.streams).toHaveLength(2)
    expect(states.at(-1)).toBe('stale')
    world.stream.open()
    expect(states.at(-1)).toBe('live')
  })

  it('stays live for as long as heartbeats come', async () => {
    channel()
    world.stream.open()
    for (let beat = 0; beat < 20; beat++) {
      await world.pass(5_000)
      world.stream.heartbeat()
    }
    expect(states).toEqual(['connecting', 'live'])
    expect(world.streams).toHaveLength(1)
  })

  it('resumes after the last message it had and loads again', async () => {
    channel()
    world.stream.open()
    await world.pass(0)
    world.stream.say('note', { id: 'a' }, 'cursor 41')
    world.stream.breakOff()
    expect(states.at(-1)).toBe('connecting')
    await world.pass(1_000)
    expect(world.stream.url).toBe('/notes/stream?lastEventId=cursor%2041')
    const loadsBefore = loads
    world.stream.open()
    await world.pass(0)
    expect(loads).toBe(loadsBefore + 1)
    expect(states.at(-1)).toBe('live')
  })

  it('loses nothing that was waiting for its flush when the stream breaks and the list fails', async () => {
    channel()
    world.stream.open()
    await world.pass(1_000)
    answer = () => Promise.reject(new Error('503'))
    world.stream.say('note', { id: 'a' })
    world.stream.say('note', { id: 'b' })
    world.stream.breakOff()
    await world.pass(0)
    expect(batches.flat()).toEqual(['a', 'b'])
  })

  it('ignores what a closed stream still says', async () => {
    channel()
    const first = world.stream
    first.open()
    await world.pass(1_000)
    first.breakOff()
    first.say('note', { id: 'ghost' })
    await world.pass(FLUSH_EVERY_MS)
    expect(batches).toEqual([])
  })

  it('says error after three failures and goes on trying, ever more slowly', async () => {
    channel()
    world.stream.breakOff()
    await world.pass(1_000)
    world.stream.breakOff()
    expect(states.at(-1)).toBe('connecting')
    await world.pass(2_000)
    world.stream.breakOff()
    expect(states.at(-1)).toBe('error')
    await world.pass(3_999)
    expect(world.streams).toHaveLength(3)
    await world.pass(1)
    expect(world.streams).toHaveLength(4)
  })

  it('tries at once when the reader asks', async () => {
    const live = channel()
    for (let attempt = 0; attempt < 3; attempt++) {
      world.stream.breakOff()
      await world.pass(2 ** attempt * 1_000)
    }
    const before = world.streams.length
    live.retry()
    expect(world.streams).toHaveLength(before + 1)
    expect(states.at(-1)).toBe('connecting')
  })

  it('forgets its place and loads anew when the server says reset', async () => {
    channel()
    world.stream.open()
    await world.pass(0)
    world.stream.say('note', { id: 'a' }, '41')
    world.stream.say('reset', {})
    await world.pass(0)
    expect(loads).toBe(2)
    world.stream.breakOff()
    await world.pass(1_000)
    expect(world.stream.url).toBe('/notes/stream')
  })

  it('tries a failed load again after a while', async () => {
    answer = () => Promise.reject(new Error('503'))
    channel()
    world.stream.open()
    await world.pass(0)
    expect(world.streams[0]?.closed).toBe(true)
    answer = () => Promise.resolve()
    await world.pass(1_000)
    world.stream.open()
    await world.pass(0)
    world.stream.say('note', { id: 'a' })
    expect(batches).toEqual([['a']])
  })

  it('gives up when told that the answer is final', async () => {
    verdict = 'stop'
    answer = () => Promise.reject(new Error('404'))
    channel()
    world.stream.open()
    await world.pass(LONGEST_RETRY_MS * 10)
    expect(world.streams).toHaveLength(1)
    expect(world.stream.closed).toBe(true)
    expect(world.timers).toBe(0)
  })
})

describe('leaving', () => {
  it('leaves no stream, timer or listener behind when closed', async () => {
    const live = channel()
    world.stream.open()
    await world.pass(0)
    world.stream.say('note', { id: 'a' })
    world.stream.say('note', { id: 'b' })
    world.show(false)
    live.close()
    expect(world.stream.closed).toBe(true)
    expect(world.timers).toBe(0)
    expect(world.watched).toBe(false)
    live.retry()
    expect(world.streams).toHaveLength(1)
  })

  it('gives its stream back while nobody looks, and takes up when somebody does', async () => {
    channel()
    world.stream.open()
    await world.pass(0)
    world.show(false)
    for (let passed = 0; passed < PARK_AFTER_MS; passed += 5_000) {
      world.stream.heartbeat()
      await world.pass(5_000)
    }
    expect(world.stream.closed).toBe(true)
    expect(states.at(-1)).toBe('stale')
    await world.pass(LONGEST_RETRY_MS * 2)
    expect(world.streams).toHaveLength(1)
    world.show(true)
    expect(world.streams).toHaveLength(2)
    world.stream.open()
    await world.pass(0)
    expect(loads).toBe(2)
    expect(states.at(-1)).toBe('live')
  })

  it('keeps its stream through a short look away', async () => {
    channel()
    world.stream.open()
    world.show(false)
    await world.pass(10_000)
    world.show(true)
    world.stream.heartbeat()
    await world.pass(14_000)
    expect(world.streams).toHaveLength(1)
    expect(states.at(-1)).toBe('live')
  })
})

describe('back-off', () => {
  it('doubles up to half a minute and is spread over its upper half', () => {
    expect([1, 2, 3, 4, 5, 6, 50].map((failures) => retryDelayMs(failures, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ])
    expect(retryDelayMs(3, 0)).toBe(2_000)
    expect(retryDelayMs(3, 0.5)).toBe(3_000)
  })
})
