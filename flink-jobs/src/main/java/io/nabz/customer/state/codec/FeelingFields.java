package io.nabz.customer.state.codec;

import io.nabz.customer.state.SentimentRecord;
import io.nabz.customer.state.SignRecord;

/** The fields of how the customer feels. */
final class FeelingFields {
  private FeelingFields() {}

  static void write(FieldWriter out, SentimentRecord sentiment) {
    out.real(1, sentiment.score, 0);
    out.time(2, sentiment.atMs, Long.MIN_VALUE);
    out.text(3, sentiment.eventId);
    out.text(4, sentiment.text);
    out.reals(5, sentiment.spans);
    out.texts(6, sentiment.emotions);
  }

  static SentimentRecord read(FieldReader in) {
    SentimentRecord sentiment = new SentimentRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> sentiment.score = in.real();
        case 2 -> sentiment.atMs = in.time();
        case 3 -> sentiment.eventId = in.text();
        case 4 -> sentiment.text = in.text();
        case 5 -> sentiment.spans = in.reals();
        case 6 -> sentiment.emotions = in.texts();
        default -> in.skip();
      }
    }
    return sentiment;
  }

  static void writeSign(FieldWriter out, SignRecord sign) {
    out.base(1, sign.atMs);
    out.real(2, sign.score, 0);
    out.text(3, sign.eventId);
    out.text(4, sign.type);
  }

  static SignRecord readSign(FieldReader in) {
    SignRecord sign = new SignRecord();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> sign.atMs = in.base();
        case 2 -> sign.score = in.real();
        case 3 -> sign.eventId = in.text();
        case 4 -> sign.type = in.text();
        default -> in.skip();
      }
    }
    return sign;
  }
}
