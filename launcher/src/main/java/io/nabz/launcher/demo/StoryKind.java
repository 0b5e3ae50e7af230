package io.nabz.launcher.demo;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What happens to the customers of the demo, and how often. */
enum StoryKind {
  BROWSE(24, false, ShopStories::browse),
  CART_BOUGHT(14, false, ShopStories::boughtCart),
  CART_ABANDONED(10, false, ShopStories::abandonedCart),
  PAYMENT_FAILURE(5, true, ShopStories::paymentFailure),
  DELIVERY_ON_TIME(7, false, ShopStories::deliveryOnTime),
  DELIVERY_LATE(5, true, ShopStories::lateDelivery),
  CAMPAIGN(8, false, ShopStories::campaign),
  SIMPLE_CALL(9, true, ContactStories::simpleCall),
  SELF_SERVICE_THEN_CALL(5, true, ContactStories::selfServiceThenCall),
  REPEAT_CALLER(2, true, ContactStories::repeatCaller),
  CALLBACK(3, true, ContactStories::callback),
  CASE(3, true, ContactStories::caseStory),
  CHAT_GRATEFUL(8, false, ContactStories::gratefulChat),
  CHAT_SOURED(4, false, ContactStories::souredChat),
  AGENT_BREAK(4, false, ContactStories::agentBreak);

  private static final int TOTAL = java.util.Arrays.stream(values()).mapToInt(k -> k.weight).sum();

  private final int weight;
  private final boolean calls;
  private final Consumer<Story> teller;

  StoryKind(int weight, boolean calls, Consumer<Story> teller) {
    this.weight = weight;
    this.calls = calls;
    this.teller = teller;
  }

  static StoryKind next(SplittableRandom random) {
    int ticket = random.nextInt(TOTAL);
    for (StoryKind kind : values()) {
      ticket -= kind.weight;
      if (ticket < 0) {
        return kind;
      }
    }
    throw new AssertionError("the weights add up to TOTAL");
  }

  /** Whether the customer may call in it. */
  boolean calls() {
    return calls;
  }

  void tell(Story story) {
    teller.accept(story);
  }
}
