package io.nabz.api.audiences;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.api.intake.EventIntake;
import io.nabz.api.intake.EventLog;
import io.nabz.api.store.SegmentMove;
import io.nabz.api.store.ViewStore;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the stream who has come into which segment and who has left, as events under ids of their
 * own: what is told twice after a kill is one event to the stream.
 */
public final class SegmentTeller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentTeller.class);
  private static final String SOURCE = "/nabz/segments";
  private static final Duration PERIOD = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int PIECE = 500;

  private final ViewStore store;
  private final EventIntake intake;
  private final IdentifierNormaliser normaliser;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "nabz-segments");

  public SegmentTeller(ViewStore store, EventIntake intake, IdentifierNormaliser normaliser) {
    this.store = requireNonNull(store, "store is null");
    this.intake = requireNonNull(intake, "intake is null");
    this.normaliser = requireNonNull(normaliser, "normaliser is null");
  }

  public void start() {
    thread.start();
  }

  private void run() {
    Duration pause = PERIOD;
    while (!pause(pause)) {
      try {
        tellAll();
        pause = PERIOD;
      } catch (CompletionException e) {
        pause = RETRY;
        if (!(e.getCause() instanceof EventLog.UnavailableException)) {
          LOG.error("segments are not told of after an unexpected failure", e);
        }
      } catch (RuntimeException e) {
        pause = RETRY;
        if (closing.getCount() > 0) {
          LOG.error("segments are not told of after an unexpected failure", e);
        }
      }
    }
  }

  private void tellAll() {
    for (List<Map.Entry<Long, SegmentMove>> moves = store.segmentMoves(PIECE);
        !moves.isEmpty() && closing.getCount() > 0;
        moves = store.segmentMoves(PIECE)) {
      Map<String, List<byte[]>> byTenant = new LinkedHashMap<>();
      for (Map.Entry<Long, SegmentMove> entry : moves) {
        byte[] event = event(entry.getValue());
        if (event != null) {
          byTenant
              .computeIfAbsent(entry.getValue().tenant(), tenant -> new ArrayList<>())
              .add(event);
        }
      }
      List<CompletableFuture<?>> kept = new ArrayList<>();
      byTenant.forEach((tenant, events) -> kept.add(intake.accept(tenant, events)));
      CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new)).join();
      store.segmentMovesTold(moves.get(moves.size() - 1).getKey());
    }
  }

  private byte[] event(SegmentMove move) {
    ObjectNode event = Json.mapper().createObjectNode();
    event.put("specversion", "1.0").put("id", move.eventId()).put("source", SOURCE);
    event.put("type", move.entered() ? EventTypes.SEGMENT_ENTERED : EventTypes.SEGMENT_LEFT);
    event.put("time", move.at().toString());
    ObjectNode data = event.putObject("data");
    if (move.customerId().charAt(0) == Identifier.PROVISIONAL) {
      Identifier handle = handle(move);
      if (handle == null) {
        return null;
      }
      data.putObject("identifiers").put(handle.type().code(), handle.value());
    } else {
      event.put("subject", move.customerId());
    }
    data.put("segmentId", move.segmentId()).put("snapshotVersion", move.version());
    return Json.bytes(event);
  }

  /** The handle by which the customer is known; null when the snapshot does not have it. */
  private Identifier handle(SegmentMove move) {
    for (IdentifierType type : IdentifierType.values()) {
      for (String value : move.identifiers().getOrDefault(type.code(), List.of())) {
        Identifier handle = normaliser.normalise(type, value);
        if (handle != null && handle.provisionalCustomerId().equals(move.customerId())) {
          return handle;
        }
      }
    }
    return null;
  }

  private boolean pause(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(RETRY.multipliedBy(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
