package io.nabz.kpi;

import java.util.List;

/** Counts once where it happened, and not at all once it is retracted. */
final class PointLife implements Life<PointRecord> {
  @Override
  public PointRecord begin() {
    return new PointRecord();
  }

  @Override
  public void apply(PointRecord point, Fact fact) {
    if (!point.counted) {
      point.counted = true;
      Points.add(point.points, fact);
    }
    point.words.first(Words.CHANNEL, fact.channel, fact.timeMs);
    point.words.first(Words.QUEUE, fact.queue, fact.timeMs);
    point.words.first(Words.AGENT, fact.agentId, fact.timeMs);
    point.retracted |= fact.retracted;
  }

  @Override
  public void advance(PointRecord point, long clockMs) {
    // Time changes nothing about it.
  }

  @Override
  public long nextDue(PointRecord point) {
    return Share.NONE;
  }

  @Override
  public void shares(PointRecord point, List<Share> to) {
    if (!point.retracted && point.points.slots.length > 0) {
      to.add(
          new Share(
                  point.firstWordMs,
                  point.words.get(Words.QUEUE),
                  point.words.get(Words.CHANNEL),
                  point.words.get(Words.AGENT),
                  null)
              .addAll(point.points));
    }
  }
}
