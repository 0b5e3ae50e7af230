package io.nabz.api.http;

import static io.nabz.api.auth.Role.ADMIN;
import static io.nabz.api.auth.Role.AGENT;
import static io.nabz.api.auth.Role.INGEST;
import static io.nabz.api.auth.Role.MARKETER;
import static io.nabz.api.auth.Role.SUPERVISOR;
import static io.nabz.api.http.Access.KEY_IN_REQUEST;
import static io.nabz.api.http.Access.PUBLIC;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.RouteRole;
import io.nabz.api.alerts.AlertDesk;
import io.nabz.api.audiences.Segments;
import io.nabz.api.audit.AuditTrail;
import io.nabz.api.auth.Scope;
import io.nabz.api.auth.Sessions;
import io.nabz.api.auth.SourceKeys;
import io.nabz.api.auth.Tickets;
import io.nabz.api.auth.TokenVerifier;
import io.nabz.api.backtest.BacktestDesk;
import io.nabz.api.intake.EventIntake;
import io.nabz.api.live.LiveHub;
import io.nabz.api.rules.RuleStore;
import io.nabz.api.search.CustomerSearch;
import io.nabz.api.segment.SegmentCall;
import io.nabz.api.sources.Sources;
import io.nabz.api.store.ViewStore;
import io.nabz.api.warm.WarmDesk;
import io.nabz.api.webhooks.WebhookService;
import io.nabz.model.IdentifierNormaliser;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: all routes, and what surrounds every request. */
public final class HttpServer implements AutoCloseable {
  private static final int MAX_THREADS = 64;

  /**
   * Connections that may wait to be taken. The JDK's 50 are full when all live clients come back at
   * once; the kernel then lets a client wait a second before it tries again.
   */
  private static final int ACCEPT_QUEUE = 4_096;

  /** What the handlers work with. */
  public record Parts(
      TokenVerifier tokens,
      Sessions sessions,
      Tickets tickets,
      EventIntake intake,
      ViewStore store,
      LiveHub hub,
      AuditTrail trail,
      AlertDesk desk,
      IdentifierNormaliser normaliser,
      RuleStore rules,
      BacktestDesk backtests,
      WarmDesk warm,
      CustomerSearch search,
      Segments segments,
      SourceKeys keys,
      RateLimits limits,
      RateLimits reads,
      Sources sources,
      WebhookService webhooks,
      Readiness readiness,
      Metrics metrics,
      Clock clock) {}

  private final Parts parts;
  private final String host;
  private final int port;
  private final boolean metricsPublic;
  private final AccessGate gate;
  private final QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
  private final Javalin javalin;

  HttpServer(Parts parts, String host, int port, boolean metricsPublic, boolean loopbackOnly) {
    this.parts = parts;
    this.host = host;
    this.port = port;
    this.metricsPublic = metricsPublic;
    this.gate =
        new AccessGate(parts.tokens(), parts.sessions(), parts.keys(), parts.reads(), loopbackOnly);
    threads.setName("nabz-http");
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * @param metricsPublic whether {@code /metrics} needs no token
   * @param loopbackOnly whether only names of this machine are answered to
   */
  public static HttpServer start(
      Parts parts, String host, int port, boolean metricsPublic, boolean loopbackOnly) {
    HttpServer server = new HttpServer(parts, host, port, metricsPublic, loopbackOnly);
    server.javalin.start();
    return server;
  }

  public int port() {
    return javalin.port();
  }

  /** All routes as declared, without what surrounds them and without the preflights of CORS. */
  List<Endpoint> endpoints() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .filter(endpoint -> endpoint.method != HandlerType.OPTIONS)
        .toList();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.http.defaultContentType = "text/plain";
    config.jetty.threadPool = threads;
    config.jetty.addConnector(
        (server, http) -> {
          var connector = new ServerConnector(server, new HttpConnectionFactory(http));
          connector.setHost(host);
          connector.setPort(port);
          connector.setAcceptQueueSize(ACCEPT_QUEUE);
          return connector;
        });
    // A customer id may hold a slash or a percent sign.
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setUriCompliance(
              UriCompliance.DEFAULT.with(
                  "nabz",
                  Violation.AMBIGUOUS_PATH_SEPARATOR,
                  Violation.AMBIGUOUS_PATH_ENCODING,
                  Violation.SUSPICIOUS_PATH_CHARACTERS));
          http.setSendServerVersion(false);
        });
    config.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    config.requestLogger.http(
        (ctx, millis) ->
            parts
                .metrics()
                .answered(
                    ctx.method().name(),
                    Problems.template(ctx),
                    ctx.statusCode(),
                    Duration.ofNanos((long) (millis * 1e6))));
    config.routes.before(SecurityHeaders::add);
    config.routes.before(gate::checkHost);
    config.routes.beforeMatched(gate::checkRole);
    Problems.map(config.routes);
    routes(config.routes);
  }

  private void routes(RoutesConfig routes) {
    var events = new EventsHandler(parts.intake(), parts.limits(), threads, parts.metrics());
    var segment =
        new SegmentHandler(
            parts.intake(), parts.keys(), parts.limits(), threads, parts.metrics(), parts.clock());
    var sources =
        new SourcesHandler(
            parts.sources(),
            parts.intake(),
            parts.keys(),
            parts.limits(),
            threads,
            parts.metrics(),
            parts.clock());
    var audit = new Audit(parts.trail(), parts.clock());
    var customers = new CustomersHandler(parts.store(), parts.hub(), parts.normaliser(), audit);
    var ofCustomer = new CustomerRulesHandler(parts.store(), parts.rules(), audit, parts.clock());
    var erasure = new ErasureHandler(parts.intake(), threads, audit, parts.clock());
    var search =
        new SearchHandler(parts.search(), parts.store(), parts.normaliser(), audit, parts.clock());
    var segments = new SegmentsHandler(parts.segments(), parts.search(), parts.store(), audit);
    var alerts = new AlertsHandler(parts.store(), parts.hub(), audit);
    var actions =
        new AlertActionsHandler(
            parts.store(), parts.desk(), threads, parts.metrics(), audit, parts.clock());
    var kpis = new KpisHandler(parts.store(), parts.hub());
    var voice = new VoiceHandler(parts.store(), audit);
    var offers = new OffersHandler(parts.store());
    var activity = new ActivityHandler(parts.store(), parts.hub(), audit);
    var rules = new RulesHandler(parts.rules(), parts.warm(), parts.store(), audit, parts.clock());
    var backtests = new BacktestHandler(parts.backtests(), parts.rules(), audit);
    var webhooks = new WebhooksHandler(parts.webhooks(), audit);
    var session = new SessionHandler(parts.tickets(), parts.sessions(), audit);
    var operation = new OperationHandler(parts.readiness(), parts.metrics());
    var pages = new PagesHandler();
    RouteRole[] metricsReaders =
        metricsPublic ? new RouteRole[] {PUBLIC} : new RouteRole[] {ADMIN, SUPERVISOR};

    // spotless:off
    routes.post("/v1/events", events::post, INGEST, ADMIN, Scope.EVENTS);
    for (SegmentCall call : SegmentCall.values()) {
      segment(routes, call.code(), ctx -> segment.call(ctx, call));
      segment(routes, call.letter(), ctx -> segment.call(ctx, call));
    }
    segment(routes, "batch", segment::batch);
    segment(routes, "b", segment::batch);
    routes.post("/v1/sources/{name}", sources::post, KEY_IN_REQUEST, Scope.SOURCES);

    routes.get("/v1/customers", search::find, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.get(
        "/v1/customers/by/{identifier}/{value}", customers::byIdentifier, AGENT, SUPERVISOR, ADMIN);
    routes.get("/v1/customers/{id}", customers::snapshot, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.delete("/v1/customers/{id}", erasure::erase, ADMIN);
    routes.get(
        "/v1/customers/{id}/timeline", customers::timeline, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.get("/v1/customers/{id}/rules", ofCustomer::explain, AGENT, SUPERVISOR, ADMIN);
    routes.get("/v1/customers/{id}/stream", customers::stream, AGENT, SUPERVISOR, MARKETER, ADMIN);

    routes.get("/v1/segments", segments::list, SUPERVISOR, MARKETER, ADMIN);
    routes.get("/v1/segments/{id}", segments::get, SUPERVISOR, MARKETER, ADMIN);
    routes.put("/v1/segments/{id}", segments::put, SUPERVISOR, MARKETER, ADMIN);
    routes.delete("/v1/segments/{id}", segments::delete, SUPERVISOR, MARKETER, ADMIN);
    routes.get("/v1/segments/{id}/export", segments::export, SUPERVISOR, MARKETER, ADMIN);

    routes.get("/v1/alerts", alerts::list, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.get("/v1/alerts/stream", alerts::stream, AGENT, SUPERVISOR, MARKETER, ADMIN);

    routes.post("/v1/alerts/{id}/seen", actions::seen, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.post(
        "/v1/alerts/{id}/acknowledge", actions::acknowledge, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.post("/v1/alerts/{id}/resolve", actions::resolve, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.post("/v1/alerts/{id}/snooze", actions::snooze, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.post("/v1/alerts/{id}/assign", actions::assign, AGENT, SUPERVISOR, MARKETER, ADMIN);

    routes.get("/v1/activity", activity::now, AGENT, SUPERVISOR, ADMIN);
    routes.get("/v1/activity/stream", activity::stream, AGENT, SUPERVISOR, ADMIN);

    routes.get("/v1/kpis", kpis::list, SUPERVISOR, ADMIN);
    routes.get("/v1/kpis/stream", kpis::stream, SUPERVISOR, ADMIN);
    routes.get("/v1/voice", voice::read, SUPERVISOR, MARKETER, ADMIN);
    routes.get("/v1/offers", offers::list, SUPERVISOR, MARKETER, ADMIN);

    routes.get("/v1/rules", rules::list, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.get("/v1/rules/schema", rules::schema, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.get("/v1/rules/{id}", rules::get, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.get("/v1/rules/{id}/versions", rules::versions, AGENT, SUPERVISOR, MARKETER, ADMIN);
    routes.put("/v1/rules/{id}", rules::put, SUPERVISOR, MARKETER, ADMIN);
    routes.delete("/v1/rules/{id}", rules::delete, SUPERVISOR, MARKETER, ADMIN);

    routes.post("/v1/rules/backtest", backtests::start, SUPERVISOR, MARKETER, ADMIN);
    routes.get("/v1/rules/backtest/{id}", backtests::get, SUPERVISOR, MARKETER, ADMIN);
    routes.delete("/v1/rules/backtest/{id}", backtests::cancel, SUPERVISOR, MARKETER, ADMIN);

    routes.get("/v1/webhooks", webhooks::list, ADMIN);
    routes.get("/v1/webhooks/{id}", webhooks::get, ADMIN);
    routes.put("/v1/webhooks/{id}", webhooks::put, ADMIN);
    routes.delete("/v1/webhooks/{id}", webhooks::delete, ADMIN);
    routes.post("/v1/webhooks/{id}/rotate", webhooks::rotate, ADMIN);
    routes.get("/v1/webhooks/{id}/deliveries", webhooks::deliveries, ADMIN);
    routes.post("/v1/webhooks/{id}/deliveries/{delivery}/resend", webhooks::resend, ADMIN);

    routes.get("/v1/me", session::me, AGENT, SUPERVISOR, MARKETER, ADMIN, INGEST);
    routes.post("/v1/tickets", session::ticket, ADMIN);
    routes.post("/v1/signout", session::signOut, AGENT, SUPERVISOR, MARKETER, ADMIN, INGEST);
    routes.get("/signin", session::signIn, PUBLIC);

    routes.get("/livez", operation::live, PUBLIC);
    routes.get("/readyz", operation::ready, PUBLIC);
    routes.get("/metrics", operation::metrics, metricsReaders);
    routes.get("/openapi.json", operation::openApi, PUBLIC);

    routes.get("/", pages::index, PUBLIC);
    routes.get("/assets/<path>", pages::asset, PUBLIC);
    routes.get("/{file}", pages::file, PUBLIC);
    // spotless:on
  }

  /** A page of any origin may call these: what opens them is the key in the request alone. */
  private static void segment(RoutesConfig routes, String name, Handler handler) {
    routes.post("/v1/" + name, handler, KEY_IN_REQUEST, Scope.SEGMENT);
    routes.options("/v1/" + name, SegmentHandler::preflight, PUBLIC);
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
