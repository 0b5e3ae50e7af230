package io.nabz.api;

import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Role;
import io.nabz.api.auth.Sessions;
import io.nabz.api.auth.Tickets;
import io.nabz.api.auth.TokenVerifier;
import io.nabz.api.http.HttpServer;
import io.nabz.api.http.Metrics;
import io.nabz.api.intake.EventIntake;
import io.nabz.api.intake.KafkaEventLog;
import io.nabz.api.live.LiveHub;
import io.nabz.api.rules.RuleStore;
import io.nabz.api.store.ViewFeed;
import io.nabz.api.store.ViewStore;
import io.nabz.model.CustomerKey;
import io.nabz.model.CustomerResolver;
import io.nabz.model.IdentifierNormaliser;
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
          options.oidcIssuer() == null
              ? TokenVerifier.embedded(issuer, clock)
              : TokenVerifier.openIdConnect(
                  options.oidcIssuer(), options.oidcJwksUrl(), options.oidcAudience(), clock);
      this.tickets = new Tickets(clock);
      IdentifierNormaliser normaliser = new IdentifierNormaliser(options.defaultRegion());
      ViewStore store = closing(ViewStore.open(options.viewsDir(), clock));
      LiveHub hub = closing(new LiveHub(store, clock));
      ViewFeed feed = closing(new ViewFeed(options.bootstrapServers(), store, hub));
      BrokerHealth broker = closing(new BrokerHealth(options.bootstrapServers()));
      KafkaEventLog log = closing(new KafkaEventLog(options.bootstrapServers()));
      EventIntake intake = new EventIntake(new CustomerResolver(normaliser), log, clock);
      RuleStore rules = closing(new RuleStore(options.bootstrapServers(), log, clock));
      feed.start();
      rules.start();
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
                      normaliser,
                      rules,
                      () -> components(feed, broker, rules),
                      new Metrics(hub, feed)),
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
    String host = options.host().contains(":") ? '[' + options.host() + ']' : options.host();
    return "http://" + host + ':' + port() + "/signin?ticket=" + tickets.issue(local);
  }

  private static Map<String, String> components(
      ViewFeed feed, BrokerHealth broker, RuleStore rules) {
    Map<String, String> components = new LinkedHashMap<>();
    components.put("broker", broker.waitingFor());
    components.put("views", feed.waitingFor());
    components.put("rules", rules.waitingFor());
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
