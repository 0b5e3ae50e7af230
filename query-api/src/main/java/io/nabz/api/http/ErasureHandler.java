package io.nabz.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.intake.EventIntake;
import io.nabz.model.CustomerKey;
import io.nabz.model.EventTypes;
import io.nabz.model.Json;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * Has a customer forgotten: the stream is told, and takes state, snapshot, timeline, alerts and
 * with them the search entry away. It is done when the customer is 404.
 */
final class ErasureHandler {
  private static final String SOURCE = "/nabz/erasure";

  private final EventIntake intake;
  private final Executor answering;
  private final Audit audit;
  private final Clock clock;

  ErasureHandler(EventIntake intake, Executor answering, Audit audit, Clock clock) {
    this.intake = intake;
    this.answering = answering;
    this.audit = audit;
    this.clock = clock;
  }

  /** Also for a customer that is not known here: the stream may know one that the view does not. */
  void erase(Context ctx) {
    CustomerKey customer = Params.customer(ctx);
    ObjectNode event = Json.mapper().createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", UUID.randomUUID().toString());
    event.put("source", SOURCE);
    event.put("type", EventTypes.CUSTOMER_ERASED);
    event.put("time", clock.instant().toString());
    event.put("subject", customer.customerId());
    audit.change(ctx, "customer.erase", customer.customerId());
    ctx.future(
        () ->
            intake
                .accept(customer.tenant(), List.of(Json.bytes(event)))
                .thenAcceptAsync(
                    result -> {
                      if (result.refused() > 0) {
                        throw ProblemException.badRequest(result.errors().get(0).detail());
                      }
                      ctx.status(HttpStatus.ACCEPTED);
                      Views.json(ctx, new Views.Accepted(result.accepted()));
                    },
                    answering));
  }
}
