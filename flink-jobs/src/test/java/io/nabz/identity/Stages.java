package io.nabz.identity;

import io.nabz.customer.Changes;
import io.nabz.customer.CustomerLogic;
import io.nabz.customer.CustomerPolicy;
import io.nabz.customer.Ledger;
import io.nabz.customer.state.CustomerState;
import io.nabz.intake.EventIntake;
import io.nabz.intake.IntakeRecord;
import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.text.TextReader;
import io.nabz.text.TextScorer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * All stages in one process, without Flink: every pair of keys has a channel of its own that keeps
 * its order, and which channel is served next is chance.
 */
final class Stages {
  static final TextScorer SCORER = TextReader.create();
  static final CustomerLogic LOGIC = new CustomerLogic(CustomerPolicy.DEFAULT, SCORER);

  /** A node with what it keeps. */
  static final class Node<S> implements Links {
    final S state;
    LinkList links;
    final List<Kept> events = new ArrayList<>();
    final Archive archive =
        new Archive() {
          @Override
          public void add(Kept event) {
            events.add(event);
          }

          @Override
          public List<Kept> read() {
            return new ArrayList<>(events);
          }

          @Override
          public void replace(List<Kept> kept) {
            events.clear();
            events.addAll(kept);
          }
        };

    Node(S state) {
      this.state = state;
    }

    @Override
    public LinkList read() {
      return links;
    }

    @Override
    public void write(LinkList known) {
      links = known;
    }
  }

  /** A customer with its ledger. */
  static final class Customer {
    final CustomerState state = new CustomerState();
    final HeapBook book = new HeapBook();
    final Ledger ledger = new Ledger(LOGIC, book);
  }

  /** What is done when a message arrives. */
  private interface Arrival {
    void arrive() throws Exception;
  }

  final Map<String, Node<NodeState>> weak = new TreeMap<>();
  final Map<String, Node<NodeState>> strong = new TreeMap<>();
  final Map<String, Node<LinksState>> links = new TreeMap<>();
  final Map<String, Customer> customers = new TreeMap<>();
  final List<Alert> alerts = new ArrayList<>();
  final List<Attribution> attributions = new ArrayList<>();
  int refusedMerges;
  long messages;

  private final Map<String, MergeRecord> merges = new TreeMap<>();
  private final Map<String, Deque<Arrival>> channels = new LinkedHashMap<>();
  private final EventIntake intake = new EventIntake("IR");
  private final IdentifierNode identifierNode;
  private final CustomerLinks customerLinks;
  private final Routes routes;
  private final Random random;

  Stages(IdentityPolicy policy, Random random) {
    this.identifierNode = new IdentifierNode(policy);
    this.customerLinks = new CustomerLinks(policy);
    this.routes = new Routes(policy);
    this.random = random;
  }

  /** Lets them arrive in that order, and all that follows be done. */
  Stages with(Iterable<Event> events) {
    for (Event event : events) {
      take(event);
      for (int served = random.nextInt(6); served > 0; served--) {
        serve();
      }
    }
    return settle();
  }

  Stages with(Event... events) {
    return with(List.of(events));
  }

  Customer customer(String id) {
    return customers.get("default/" + id);
  }

  private Stages settle() {
    while (!channels.isEmpty()) {
      serve();
    }
    return this;
  }

  private void take(Event event) {
    IntakeRecord record =
        intake.read(event.toBytes(), event.time().toEpochMilli() + 40, () -> "test/0/0");
    Kept kept = new Kept(record.hash, record.eventTimeMs, record.receivedAtMs, record.bytes);
    if (routes.route(record.customerKey, kept, record.mentions, outlet("router"))) {
      send("router", "customer " + record.customerKey, () -> arrive(record.customerKey, kept));
    }
  }

  private void serve() {
    if (channels.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>(channels.keySet());
    String name = names.get(random.nextInt(names.size()));
    Arrival arrival = channels.get(name).poll();
    if (channels.get(name).isEmpty()) {
      channels.remove(name);
    }
    messages++;
    try {
      arrival.arrive();
    } catch (Exception e) {
      throw new AssertionError(name, e);
    }
  }

  private void send(String from, String to, Arrival arrival) {
    channels.computeIfAbsent(from + " > " + to, name -> new ArrayDeque<>()).add(arrival);
  }

  private Outlet outlet(String from) {
    return new Outlet() {
      @Override
      public void weak(IdentityRecord record) {
        String to = "weak " + record.key;
        send(from, to, () -> arrive(weak, record, to));
      }

      @Override
      public void strong(IdentityRecord record) {
        String to = "strong " + record.key;
        send(from, to, () -> arrive(strong, record, to));
      }

      @Override
      public void links(IdentityRecord record) {
        String to = "links " + record.key;
        send(from, to, () -> arriveAtLinks(record, to));
      }

      @Override
      public void customer(Attribution attribution) {
        send(from, "customer " + attribution.customer, () -> arrive(attribution));
      }

      @Override
      public void merges(IdentityRecord record) {
        String to = "merges " + record.key;
        send(from, to, () -> arriveAtMerges(record, to));
      }
    };
  }

  private void arrive(Map<String, Node<NodeState>> nodes, IdentityRecord record, String name)
      throws Exception {
    if (!nodes.containsKey(record.key) && !IdentifierNode.begins(record.kind)) {
      return;
    }
    Node<NodeState> node = nodes.computeIfAbsent(record.key, key -> new Node<>(new NodeState()));
    identifierNode.apply(node.state, node.archive, record, outlet(name));
  }

  private void arriveAtLinks(IdentityRecord record, String name) throws Exception {
    Node<LinksState> node = links.computeIfAbsent(record.key, key -> new Node<>(new LinksState()));
    customerLinks.apply(node.state, node, node.archive, record, outlet(name));
  }

  private void arriveAtMerges(IdentityRecord record, String name) throws Exception {
    Merges.Table table =
        new Merges.Table() {
          @Override
          public MergeRecord get(String customer) {
            return merges.get(customer);
          }

          @Override
          public void put(String customer, MergeRecord merge) {
            merges.put(customer, merge);
          }
        };
    if (!Merges.apply(table, record, outlet(name))) {
      refusedMerges++;
    }
  }

  private void arrive(String key, Kept event) throws Exception {
    Customer customer = customers.computeIfAbsent(key, k -> new Customer());
    Changes changes = new Changes(Instant.EPOCH);
    customer.ledger.event(CustomerKey.parse(key), customer.state, event, changes);
    alerts.addAll(changes.alerts());
  }

  private void arrive(Attribution attribution) throws Exception {
    attributions.add(attribution);
    Customer customer = customers.computeIfAbsent(attribution.customer, key -> new Customer());
    Changes changes = new Changes(Instant.EPOCH);
    customer.ledger.apply(
        CustomerKey.parse(attribution.customer), customer.state, attribution, changes);
    alerts.addAll(changes.alerts());
  }
}
