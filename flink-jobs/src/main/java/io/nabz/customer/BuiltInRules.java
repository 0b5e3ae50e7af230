package io.nabz.customer;

import io.nabz.model.Audience;
import io.nabz.model.FlagCode;
import io.nabz.model.LocalisedText;
import java.util.EnumMap;
import java.util.Map;

/** What the alert of a built-in flag says, and to whom. */
final class BuiltInRules {
  /** Part of each alert's id: raise it when a rule comes to mean something else. */
  static final int VERSION = 1;

  /** The words of one built-in rule. */
  record Rule(Audience audience, LocalisedText title, LocalisedText advice) {}

  private static final Map<FlagCode, Rule> RULES = new EnumMap<>(FlagCode.class);

  static {
    RULES.put(
        FlagCode.REPEAT_CALLER,
        new Rule(
            Audience.AGENT,
            new LocalisedText("Third call within a day", "سومین تماس در یک شبانه‌روز"),
            new LocalisedText(
                "Acknowledge the earlier calls, do not ask for the story again, and stay on until it"
                    + " is solved.",
                "تماس‌های پیشین را به زبان بیاورید، دوباره شرح ماجرا را نخواهید و تا حل مشکل همراه"
                    + " بمانید.")));
    RULES.put(
        FlagCode.CART_ABANDONED,
        new Rule(
            Audience.MARKETING,
            new LocalisedText("Cart left behind", "سبد خرید رها شد"),
            new LocalisedText(
                "Remind the customer of what is in the cart; ask whether something went wrong before"
                    + " offering a discount.",
                "محتوای سبد را یادآوری کنید؛ پیش از پیشنهاد تخفیف بپرسید آیا مشکلی پیش آمده است.")));
    RULES.put(
        FlagCode.NEGATIVE_SENTIMENT,
        new Rule(
            Audience.AGENT,
            new LocalisedText("The customer is upset", "مشتری ناراحت است"),
            new LocalisedText(
                "Name what went wrong and apologise for it first; then say what happens next and"
                    + " when.",
                "نخست مشکل را به زبان بیاورید و عذرخواهی کنید؛ سپس بگویید چه می‌شود و کِی.")));
  }

  private BuiltInRules() {}

  static Rule of(FlagCode code) {
    Rule rule = RULES.get(code);
    if (rule == null) {
      throw new IllegalStateException("no built-in rule for " + code);
    }
    return rule;
  }
}
