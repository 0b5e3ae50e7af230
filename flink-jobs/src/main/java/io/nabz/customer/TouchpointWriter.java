package io.nabz.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nabz.customer.state.JourneyStep;
import io.nabz.model.Json;
import java.io.IOException;

/** Writes a step of the journey as the JSON of {@link io.nabz.model.Touchpoint}. */
final class TouchpointWriter {
  private TouchpointWriter() {}

  static byte[] bytes(JourneyStep step) {
    return Json.written(out -> write(out, step));
  }

  static void write(JsonGenerator out, JourneyStep step) throws IOException {
    out.writeStartObject();
    Fields.text(out, "eventId", step.eventId);
    Fields.text(out, "type", step.type);
    Fields.moment(out, "time", step.timeMs);
    Fields.text(out, "channel", step.channel);
    Fields.text(out, "contactId", step.contactId);
    Fields.text(out, "queue", step.queue);
    Fields.text(out, "agentId", step.agentId);
    Fields.text(out, "topic", step.topic);
    Fields.text(out, "text", step.text);
    if (!Double.isNaN(step.sentiment)) {
      Fields.number(out, "sentiment", step.sentiment);
    }
    Fields.text(out, "orderId", step.orderId);
    Fields.text(out, "cartId", step.cartId);
    Fields.text(out, "caseId", step.caseId);
    Fields.text(out, "name", step.name);
    Fields.money(out, "amount", step.amount, step.currency);
    Fields.text(out, "stage", Experience.stage(step.type, step.topic));
    Fields.text(out, "clue", Experience.clue(step.type, step.channel));
    out.writeEndObject();
  }
}
