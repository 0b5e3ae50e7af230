package io.nabz.backtest;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.CustomerLogic;
import io.nabz.kafka.KafkaBinding;
import io.nabz.model.CustomerResolver;
import io.nabz.model.Event;
import io.nabz.model.EventDecoder;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import io.nabz.model.StableHash;
import io.nabz.rules.engine.CrowdKey;
import io.nabz.rules.engine.Crowds;
import io.nabz.rules.engine.RuleEngine;
import io.nabz.rules.engine.RuleSet;
import io.nabz.text.TextReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Runs a draft over the kept history. Events come in the order in which the broker had them, and
 * each customer's, or each value's of a rule across customers, go to one worker. An event that
 * names no customer is attributed by whose its identifiers are by now.
 */
public final class Backtest {
  private static final Set<String> OF_AGENTS =
      Set.of(
          EventTypes.AGENT_STATE_CHANGED, EventTypes.CONTACT_CONNECTED, EventTypes.CONTACT_ENDED);
  private static final long SLACK_MS = 1_000;
  private static final int OWNERS_KNOWN = 50_000;

  private final BacktestPlan plan;
  private final Owners owners;
  private final IdentifierNormaliser normaliser;
  private final EventDecoder decoder;
  private final RuleSet draft;
  private final Crowds crowds;
  private final RuleSet live;
  private final Map<String, String> known = new HashMap<>();
  private final Map<Integer, Long> newestByPartition = new HashMap<>();
  private volatile boolean cancelled;
  private volatile long read;
  private volatile long total = -1;
  private long endMs = Peek.NEVER;
  private long events;
  private long unusable;

  public Backtest(BacktestPlan plan, Owners owners) {
    this.plan = requireNonNull(plan, "plan is null");
    this.owners = requireNonNull(owners, "owners is null");
    this.normaliser = new IdentifierNormaliser(plan.policy().defaultRegion());
    this.decoder = new EventDecoder(new CustomerResolver(normaliser));
    this.draft = new RuleSet(List.of(plan.draft()));
    this.crowds = plan.isAcross() ? new Crowds(List.of(plan.draft())) : Crowds.NONE;
    this.live = plan.live() == null ? RuleSet.NONE : new RuleSet(List.of(plan.live()));
  }

  /** Records read so far. */
  public long read() {
    return read;
  }

  /** Records there are to read; -1 before that is known. */
  public long total() {
    return total;
  }

  /** Ends it soon; for any thread. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Does it, in this thread and those of the workers.
   *
   * @throws BacktestException when it is too much, saying what to do
   * @throws CancellationException when it was cancelled
   */
  public BacktestResult run(Properties kafka) throws InterruptedException {
    List<Worker> workers = work(kafka);
    workers.forEach(worker -> worker.finish(endMs));
    return result(workers);
  }

  /**
   * Does it for what is then remembered of each customer, and tells nothing; a customer of whom
   * nothing is remembered and nothing was kept is left out.
   *
   * @throws BacktestException when it is too much, saying what to do
   * @throws CancellationException when it was cancelled
   */
  public List<Seed> seeds(Properties kafka) throws InterruptedException {
    List<Seed> seeds = new ArrayList<>();
    work(kafka).forEach(worker -> worker.seeds(seeds::add));
    return seeds;
  }

  private List<Worker> work(Properties kafka) throws InterruptedException {
    CustomerLogic logic =
        plan.asksCustomer() ? new CustomerLogic(plan.policy(), TextReader.create()) : null;
    List<Worker> workers = new ArrayList<>();
    List<WorkerThread> threads = new ArrayList<>();
    try (History history = new History(kafka, since())) {
      total = history.total();
      for (int i = 0; i < plan.workers(); i++) {
        Worker worker = new Worker(plan, decoder, logic);
        workers.add(worker);
        threads.add(new WorkerThread(worker, "nabz-backtest-" + i));
      }
      read(history, threads);
      for (WorkerThread thread : threads) {
        thread.finish();
      }
    } finally {
      for (WorkerThread thread : threads) {
        thread.stop();
      }
    }
    return workers;
  }

  /**
   * Where a rule asks for the customer, all that is kept has made the customer; else what began
   * before may end inside. No event is more than a day ahead of its arrival.
   */
  private Instant since() {
    return plan.asksCustomer()
        ? Instant.EPOCH
        : plan.from().minus(plan.memory()).minus(EventDecoder.MAX_AHEAD);
  }

  private void read(History history, List<WorkerThread> threads) throws InterruptedException {
    long deadline = System.nanoTime() + plan.maxTime().toNanos();
    while (!history.hasEnded()) {
      ConsumerRecord<byte[], byte[]> record = history.next();
      if (cancelled) {
        throw new CancellationException("cancelled");
      }
      if (record == null) {
        if (System.nanoTime() > deadline) {
          throw tooLong();
        }
        continue;
      }
      read++;
      if ((read & 0xFFF) == 0 && System.nanoTime() > deadline) {
        throw tooLong();
      }
      dispatch(record, threads);
    }
  }

  private BacktestException tooLong() {
    return new BacktestException(
        plan.isBacktest()
            ? "it took longer than %d s; give a sample or a shorter range"
                .formatted(plan.maxTime().toSeconds())
            : "the history took longer than %d s to read; shorten within, or leave the rule as it is"
                .formatted(plan.maxTime().toSeconds()));
  }

  private void dispatch(ConsumerRecord<byte[], byte[]> read, List<WorkerThread> threads)
      throws InterruptedException {
    ConsumerRecord<byte[], byte[]> record =
        KafkaBinding.isBinary(read) ? KafkaBinding.structured(read) : read;
    if (record == null) {
      unusable++;
      return;
    }
    if (record.value() == null) {
      return;
    }
    Peek peek = Peek.at(record.value());
    if (peek == null || peek.type() == null) {
      unusable++;
      return;
    }
    if (!peek.tenant().equals(plan.tenant())) {
      return;
    }
    // One that no rule waits for shows that time went on all the same.
    long timeMs = Math.min(peek.timeMs(), record.timestamp());
    endMs = Math.max(endMs, Math.min(timeMs, plan.to().toEpochMilli() - 1));
    if (!matters(peek.type())) {
      return;
    }
    boolean ofNobody = EventTypes.isCustomerless(peek.type());
    String customer = ofNobody ? null : customer(peek, record);
    if (!ofNobody && customer == null) {
      unusable++;
      return;
    }
    String crowd = plan.isAcross() && customer != null ? crowd(record) : null;
    String subject = plan.isAcross() ? crowd : customer;
    long hash = subject == null ? 0 : StableHash.pair(subject, "backtest");
    if (subject != null && (hash >>> 1) >= plan.sample() * Long.MAX_VALUE) {
      return;
    }
    events++;
    long watermarkMs = watermark(record);
    int to = (int) Long.remainderUnsigned(hash * 31, threads.size());
    threads
        .get(to)
        .take(new Worker.Item(record.value(), customer, crowd, record.timestamp(), watermarkMs));
  }

  /** The value that the draft tells apart; null if it is not for the event. */
  private String crowd(ConsumerRecord<byte[], byte[]> record) {
    EventDecoder.Result decoded =
        decoder.decode(record.value(), Instant.ofEpochMilli(record.timestamp()));
    List<CrowdKey> keys = decoded.event() == null ? List.of() : crowds.keysOf(decoded.event());
    return keys.isEmpty() ? null : keys.get(0).toString();
  }

  private boolean matters(String type) {
    return plan.asksCustomer()
        || draft.waitsFor(type)
        || live.waitsFor(type)
        || OF_AGENTS.contains(type)
        || type.equals(EventTypes.CUSTOMER_ERASED);
  }

  /** Rules that wait for it are rare; the others need not pay for reading each event's time. */
  private long watermark(ConsumerRecord<byte[], byte[]> record) {
    if (!plan.draft().waitsForWatermark()
        && (plan.live() == null || !plan.live().waitsForWatermark())) {
      return RuleEngine.NO_WATERMARK;
    }
    EventDecoder.Result decoded =
        decoder.decode(record.value(), Instant.ofEpochMilli(record.timestamp()));
    if (decoded.event() != null) {
      long timeMs = Math.min(decoded.event().time().toEpochMilli(), record.timestamp());
      newestByPartition.merge(record.partition(), timeMs, Math::max);
    }
    long oldest = newestByPartition.values().stream().mapToLong(ms -> ms).min().orElse(0);
    return oldest - SLACK_MS;
  }

  private String customer(Peek peek, ConsumerRecord<byte[], byte[]> record) {
    if (peek.subject() != null) {
      Identifier subject = normaliser.normalise(IdentifierType.CUSTOMER_ID, peek.subject());
      if (subject != null) {
        return subject.value();
      }
    }
    EventDecoder.Result decoded =
        decoder.decode(record.value(), Instant.ofEpochMilli(record.timestamp()));
    return decoded.event() == null ? null : owner(decoded.event());
  }

  /** The strongest identifier decides. */
  private String owner(Event event) {
    for (IdentifierType type : IdentifierType.values()) {
      String raw = event.identifier(type);
      Identifier identifier = raw == null ? null : normaliser.normalise(type, raw);
      if (identifier == null) {
        continue;
      }
      if (type == IdentifierType.CUSTOMER_ID) {
        return identifier.value();
      }
      if (known.size() > OWNERS_KNOWN) {
        known.clear();
      }
      return known.computeIfAbsent(
          type.code() + '/' + identifier.value(),
          ignored -> {
            String owner = owners.ownerOf(plan.tenant(), type.code(), identifier.value());
            return owner == null ? identifier.provisionalCustomerId() : owner;
          });
    }
    return null;
  }

  private BacktestResult result(List<Worker> workers) {
    List<Tally> drafts = Worker.drafts(workers);
    Map<LocalDate, Long> perDay = new TreeMap<>();
    Set<Long> agentHours = new HashSet<>();
    for (Worker worker : workers) {
      worker.ofDraft.perDay().forEach((day, count) -> perDay.merge(day, count, Long::sum));
      agentHours.addAll(worker.agentHours());
    }
    long alerts = drafts.stream().mapToLong(Tally::alerts).sum();
    // Agents are not sampled, customers are.
    double inAll = alerts / plan.sample();
    return new BacktestResult(
        alerts,
        drafts.stream().mapToLong(Tally::customers).sum(),
        drafts.stream().mapToLong(Tally::retracted).sum(),
        perDay.entrySet().stream()
            .filter(day -> day.getValue() > 0)
            .map(day -> new BacktestResult.Day(day.getKey(), day.getValue()))
            .toList(),
        agentHours.size(),
        agentHours.isEmpty() ? null : Math.round(inAll / agentHours.size() * 1000) / 1000.0,
        workers.stream().mapToLong(Worker::stillOpen).sum(),
        events,
        unusable + workers.stream().mapToLong(Worker::unusable).sum(),
        workers.stream().map(Worker::throttled).filter(Objects::nonNull).findFirst().orElse(null),
        Tally.examples(drafts),
        plan.live() == null ? null : comparison(workers, alerts));
  }

  private BacktestResult.Comparison comparison(List<Worker> workers, long alerts) {
    List<Tally> drafts = Worker.drafts(workers);
    List<Tally> lives = Worker.lives(workers);
    long ofLive = lives.stream().mapToLong(Tally::alerts).sum();
    List<BacktestResult.Example> onlyDraft = Tally.onlyIn(drafts, lives);
    List<BacktestResult.Example> onlyLive = Tally.onlyIn(lives, drafts);
    return new BacktestResult.Comparison(
        plan.live().rule().version(),
        ofLive,
        alerts - onlyDraft.size(),
        onlyDraft.size(),
        onlyLive.size(),
        Tally.firstOfDifference(onlyDraft),
        Tally.firstOfDifference(onlyLive));
  }
}
