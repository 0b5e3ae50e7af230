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

  /** The words of one built-in rule; the audience is null when nobody is alerted. */
  record Rule(Audience audience, LocalisedText title, LocalisedText advice) {
    /** Whether anybody is told: of a standing, such as {@code VIP}, nobody can do anything now. */
    boolean alerts() {
      return audience != null;
    }
  }

  private static final Map<FlagCode, Rule> RULES = new EnumMap<>(FlagCode.class);

  static {
    add(
        FlagCode.REPEAT_CALLER,
        Audience.AGENT,
        new LocalisedText("Third call within a day", "سومین تماس در یک شبانه‌روز"),
        new LocalisedText(
            "Acknowledge the earlier calls, do not ask for the story again, and stay on until it is solved.",
            "تماس‌های پیشین را به زبان بیاورید، دوباره شرح ماجرا را نخواهید و تا حل مشکل همراه بمانید."));
    add(
        FlagCode.CART_ABANDONED,
        Audience.MARKETING,
        new LocalisedText("Cart left behind", "سبد خرید رها شد"),
        new LocalisedText(
            "Remind the customer of what is in the cart; ask whether something went wrong before offering a discount.",
            "محتوای سبد را یادآوری کنید؛ پیش از پیشنهاد تخفیف بپرسید آیا مشکلی پیش آمده است."));
    add(
        FlagCode.NEGATIVE_SENTIMENT,
        Audience.AGENT,
        new LocalisedText("The customer is upset", "مشتری ناراحت است"),
        new LocalisedText(
            "Name what went wrong and apologise for it first; then say what happens next and when.",
            "نخست مشکل را به زبان بیاورید و عذرخواهی کنید؛ سپس بگویید چه می‌شود و کِی."));
    add(
        FlagCode.SENTIMENT_FALLING,
        Audience.AGENT,
        new LocalisedText("The mood is getting worse", "حال مشتری رو به بدتر شدن است"),
        new LocalisedText(
            "Pause, sum up what you have understood and ask what would help most now.",
            "مکث کنید، آنچه را فهمیده‌اید خلاصه کنید و بپرسید اکنون چه چیزی بیشتر کمک می‌کند."));
    add(
        FlagCode.UNRESOLVED_CASE,
        Audience.SUPERVISOR,
        new LocalisedText("A case is still unresolved", "یک پرونده هنوز حل نشده است"),
        new LocalisedText(
            "Give the case one owner, and tell the customer who that is and by when to expect an answer.",
            "برای پرونده یک مسئول مشخص تعیین کنید و به مشتری بگویید او کیست و پاسخ تا چه زمانی می‌رسد."));
    add(
        FlagCode.SELF_SERVICE_FAILED,
        Audience.AGENT,
        new LocalisedText("Self-service did not work", "سلف‌سرویس به نتیجه نرسید"),
        new LocalisedText(
            "Do the task for the customer now; do not send them back to the menu or the site.",
            "همین حالا کار را برای مشتری انجام دهید و او را دوباره به منو یا سایت برنگردانید."));
    add(
        FlagCode.PAYMENT_FAILED,
        Audience.AGENT,
        new LocalisedText("A payment failed", "پرداخت ناموفق بود"),
        new LocalisedText(
            "Check whether money was taken, say so plainly, and offer another way to pay.",
            "بررسی کنید آیا مبلغی کسر شده است، نتیجه را روشن بگویید و راه دیگری برای پرداخت پیشنهاد کنید."));
    add(
        FlagCode.DELIVERY_LATE,
        Audience.AGENT,
        new LocalisedText("A delivery is late", "تحویل سفارش دیر شده است"),
        new LocalisedText(
            "Apologise before being asked, and give a new date that will be kept.",
            "پیش از آنکه مشتری بپرسد عذرخواهی کنید و تاریخ تازه‌ای بدهید که به آن عمل می‌شود."));
    add(
        FlagCode.CALLBACK_MISSED,
        Audience.SUPERVISOR,
        new LocalisedText("A promised call-back was missed", "تماس وعده‌داده‌شده گرفته نشد"),
        new LocalisedText(
            "Have the customer called now, by somebody who knows the matter, beginning with an apology.",
            "بخواهید همین حالا فردی که از موضوع آگاه است با مشتری تماس بگیرد و گفت‌وگو را با عذرخواهی آغاز کند."));
    add(
        FlagCode.CHANNEL_HOPPING,
        Audience.AGENT,
        new LocalisedText("One matter, many channels", "یک موضوع، چند کانال"),
        new LocalisedText(
            "Read what was said on the other channels, tell the customer that you have, and finish the matter here.",
            "گفت‌وگوهای کانال‌های دیگر را بخوانید، به مشتری بگویید که آن‌ها را دیده‌اید و موضوع را همین‌جا تمام کنید."));
    add(
        FlagCode.FRAUD_RISK,
        Audience.SUPERVISOR,
        new LocalisedText(
            "Somebody else may be acting as the customer", "احتمال سوءاستفاده از حساب مشتری"),
        new LocalisedText(
            "Verify the identity by a second way before changing anything or shipping the order.",
            "پیش از هر تغییری یا ارسال سفارش، هویت مشتری را از راه دومی احراز کنید."));
    add(
        FlagCode.CHURN_RISK,
        Audience.SUPERVISOR,
        new LocalisedText("The customer may leave", "احتمال از دست رفتن مشتری"),
        new LocalisedText(
            "Have somebody with the power to put things right get in touch today; solve the matter before any offer.",
            "بخواهید امروز کسی که اختیار جبران دارد با مشتری تماس بگیرد؛ پیش از هر پیشنهادی مشکل را حل کنید."));
    // A standing, not a happening: the flag is shown, and an alert on it would only be noise.
    add(
        FlagCode.VIP,
        null,
        new LocalisedText("A VIP customer", "مشتری ویژه"),
        new LocalisedText(
            "Address the customer by name and spare them the queue.",
            "مشتری را به نام خطاب کنید و او را در صف نگه ندارید."));
    add(
        FlagCode.DETRACTOR,
        Audience.SUPERVISOR,
        new LocalisedText("A low score from the customer", "امتیاز پایین از سوی مشتری"),
        new LocalisedText(
            "Thank the customer for the answer, ask what went wrong and say what you will change.",
            "از پاسخ مشتری تشکر کنید، بپرسید چه چیزی درست پیش نرفت و بگویید چه چیزی را تغییر می‌دهید."));
  }

  private BuiltInRules() {}

  private static void add(
      FlagCode code, Audience audience, LocalisedText title, LocalisedText advice) {
    RULES.put(code, new Rule(audience, title, advice));
  }

  static Rule of(FlagCode code) {
    Rule rule = RULES.get(code);
    if (rule == null) {
      throw new IllegalStateException("no built-in rule for " + code);
    }
    return rule;
  }
}
