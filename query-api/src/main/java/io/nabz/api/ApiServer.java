package io.nabz.api;

import io.nabz.api.alerts.AlertDesk;
import io.nabz.api.audiences.SegmentTeller;
import io.nabz.api.audiences.SegmentWatch;
import io.nabz.api.audiences.Segments;
import io.nabz.api.audit.AuditTrail;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Role;
import io.nabz.api.auth.Sessions;
import io.nabz.api.auth.SourceKeys;
import io.nabz.api.auth.Tickets;
import io.nabz.api.auth.TokenVerifier;
import io.nabz.api.backtest.BacktestDesk;
import io.nabz.api.http.HttpServer;
import io.nabz.api.http.Metrics;
import io.nabz.api.http.RateLimits;
import io.nabz.api.intake.EventIntake;
import io.nabz.api.intake.KafkaEventLog;
import io.nabz.api.live.LiveHub;
import io.nabz.api.rules.RuleStore;
import io.nabz.api.search.CustomerIndex;
import io.nabz.api.search.CustomerSearch;
import io.nabz.api.settings.SettingsStore;
import io.nabz.api.sources.Sources;
import io.nabz.api.store.ViewChanges;
import io.nabz.api.store.ViewFeed;
import io.nabz.api.store.ViewStore;
import io.nabz.api.warm.WarmDesk;
import io.nabz.api.webhooks.WebhookService;
import io.nabz.backtest.Owners;
import io.nabz.model.CustomerKey;
import io.nabz.model.CustomerResolver;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.Topic;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API, running: made of its parts in the order in which they need each other. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final ApiOptions options;
  private final Tickets tickets;
  private final HttpServer http;
  private final Clock clock;

  private ApiServer(ApiOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
    try {
      EmbeddedIssuer issuer = EmbeddedIssuer.open(options.authDir(), clock);
      TokenVerifier tokens =
          options.oidc() == null
              ? TokenVerifier.embedded(issuer, clock)
              : TokenVerifier.openIdConnect(
                  options.oidc().issuer(),
                  options.oidc().jwksUrl(),
                  options.oidc().audience(),
                  clock);
      this.tickets = new Tickets(clock);
      IdentifierNormaliser normaliser = new IdentifierNormaliser(options.defaultRegion());
      ViewStore store = closing(ViewStore.open(options.viewsDir(), clock));
      CustomerIndex index = closing(CustomerIndex.open(options.searchDir(), store));
      LiveHub hub = closing(new LiveHub(store, clock));
      KafkaEventLog log = closing(new KafkaEventLog(options.kafka()));
      AuditTrail trail = closing(new AuditTrail(log));
      AlertDesk desk = new AlertDesk(log);
      BrokerHealth broker = closing(new BrokerHealth(options.kafka()));
      EventIntake intake = new EventIntake(new CustomerResolver(normaliser), log, clock);
      RuleStore rules = closing(new RuleStore(options.kafka(), log, clock));
      Owners owners = (tenant, type, value) -> store.customerOf(tenant, type, value).orElse(null);
      BacktestDesk backtests = closing(new BacktestDesk(options.kafka(), owners, clock));
      WarmDesk warm = closing(new WarmDesk(options.kafka(), log, owners));
      SettingsStore settings = closing(new SettingsStore(options.kafka(), log));
      CustomerSearch search = new CustomerSearch(index);
      Segments segments = new Segments(settings, search, normaliser, clock);
      store.watch(new SegmentWatch(segments));
      // A snapshot that is taken up before the segments are known would be missed by them.
      ViewFeed feed =
          closing(
              new ViewFeed(options.kafka(), store, settings::awaitKnown, new Followers(hub, desk)));
      SegmentTeller teller = closing(new SegmentTeller(store, intake, normaliser));
      WebhookService webhooks =
          closing(
              new WebhookService(
                  options.kafka(),
                  settings,
                  rules,
                  store,
                  options.webhooks(),
                  options.replicaFile(),
                  clock));
      settings.start();
      feed.start();
      rules.start();
      teller.start();
      webhooks.start();
      index.start(() -> feed.waitingFor() == null);
      trail.start();
      this.http =
          closing(
              HttpServer.start(
                  new HttpServer.Parts(
                      tokens,
                      new Sessions(issuer, clock),
                      tickets,
                      intake,
                      store,
                      hub,
                      trail,
                      desk,
                      normaliser,
                      rules,
                      backtests,
                      warm,
                      search,
                      segments,
                      new SourceKeys(options.keys(), clock),
                      RateLimits.ofEvents(options.eventsPerSecond()),
                      RateLimits.ofReads(options.readsPerSecond()),
                      Sources.load(options.sourcesDir()),
                      webhooks,
                      () -> components(feed, broker, rules, settings),
                      new Metrics(hub, feed, trail, webhooks),
                      clock),
                  options.host(),
                  options.port(),
                  options.metricsPublic(),
                  options.listensOnLoopbackOnly()));
      // Open streams would hold up the server's stop, so they end first.
      parts.push(hub::disconnectAll);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public static ApiServer start(ApiOptions options) {
    return start(options, Clock.systemUTC());
  }

  static ApiServer start(ApiOptions options, Clock clock) {
    return new ApiServer(options, clock);
  }

  /** Where it listens, also when the options asked for any free port. */
  public int port() {
    return http.port();
  }

  /** Where a browser on this machine finds the pages. */
  public String url() {
    return options.url(port());
  }

  /**
   * A new link that signs a browser in once, with all roles of people, for the next ten minutes.
   */
  public String signInLink() {
    Principal local =
        new Principal(
            "local",
            "local",
            Role.PEOPLE,
            CustomerKey.DEFAULT_TENANT,
            clock.instant().plus(Sessions.LIFE));
    return url() + "/signin?ticket=" + tickets.issue(local);
  }

  /** Those who want to know of changes: the streams first, so that no answer overtakes them. */
  private record Followers(LiveHub hub, AlertDesk desk) implements ViewFeed.Listener {
    @Override
    public void onChanges(ViewChanges changes) {
      hub.onChanges(changes);
      desk.onResults(changes.actions());
    }

    @Override
    public void onRebuilt(Topic topic) {
      hub.onRebuilt(topic);
    }
  }

  private static Map<String, String> components(
      ViewFeed feed, BrokerHealth broker, RuleStore rules, SettingsStore settings) {
    Map<String, String> components = new LinkedHashMap<>();
    components.put("broker", broker.waitingFor());
    components.put("views", feed.waitingFor());
    components.put("rules", rules.waitingFor());
    components.put("settings", settings.waitingFor());
    return components;
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part of the API did not stop in order", e);
      }
    }
  }
}
