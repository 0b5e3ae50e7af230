package io.nabz.launcher;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, in both languages: what is posted over HTTP appears without a reload.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageIT {
  private static final double PATIENCE_MS = Duration.ofSeconds(30).toMillis();
  private static final Pattern LINK = Pattern.compile("http://[^ ]+/signin\\?ticket=[\\w-]+");

  @TempDir Path dir;

  @Test
  void anEventPostedOverHttpAppearsWithoutAReload() throws Exception {
    Path dataDir = dir.resolve("nabz-data");
    String token =
        EmbeddedIssuer.open(dataDir.resolve("auth"))
            .token("test", Set.of(Role.ADMIN), "default", Duration.ofHours(1));
    try (Browser browser = Browser.open();
        UpProcess up = UpProcess.up(dataDir)) {
      Page page = browser.visitor();
      List<String> errors = new ArrayList<>();
      page.onPageError(errors::add);
      page.navigate(signInLink(up));

      for (String language : List.of("fa", "en")) {
        speak(page, language);
        see(page, "[data-testid=live-state][data-state=live]");
        page.evaluate("window.sameDocument = true");

        String customer = "C-" + language;
        for (int call = 1; call <= 3; call++) {
          post(up, token, call(customer, language + "-" + call));
        }
        post(up, token, cart(customer, language + "-cart"));

        see(page, "[data-testid=floor-contact][data-contact-id=k-" + language + "-3]");
        see(page, "[data-testid=floor-cart]:has-text('" + customer + "')");
        Locator alert =
            see(
                page,
                "[data-testid=alert][data-rule-id=repeat-caller]:has-text('" + customer + "')");
        assertThat(page.evaluate("window.sameDocument"))
            .as("the page was not loaded again")
            .isEqualTo(true);

        alert.getByRole(AriaRole.LINK).first().click();
        Locator snapshot = see(page, "[data-testid=customer][data-customer-id=" + customer + "]");
        see(page, "[data-testid=flag][data-code=REPEAT_CALLER]");
        see(page, "[data-testid=timeline-item][data-event-id='" + language + "-3']");

        String version = snapshot.getAttribute("data-version");
        post(up, token, call(customer, language + "-4"));
        see(page, "[data-testid=timeline-item][data-event-id='" + language + "-4']");
        assertThat(Long.parseLong(snapshot.getAttribute("data-version")))
            .isGreaterThan(Long.parseLong(version));
        page.navigate(page.url().replaceAll("#.*", "#/"));
      }
      assertThat(errors).as("errors of the page's own script").isEmpty();
    }
  }

  @Test
  void aPersianChatThatTurnsAngryShowsTheWordsThatDidIt() throws Exception {
    Path dataDir = dir.resolve("nabz-data");
    String token =
        EmbeddedIssuer.open(dataDir.resolve("auth"))
            .token("test", Set.of(Role.ADMIN), "default", Duration.ofHours(1));
    try (Browser browser = Browser.open();
        UpProcess up = UpProcess.up(dataDir)) {
      Page page = browser.visitor();
      page.navigate(signInLink(up));
      speak(page, "fa");
      post(up, token, message("m-1", "سلام، از راهنمایی خوب شما خیلی ممنونم"));
      await()
          .atMost(Duration.ofMillis((long) PATIENCE_MS))
          .until(() -> up.get("/v1/customers/C-angry", token).path("version").asLong() > 0);
      page.navigate(page.url().replaceAll("#.*", "") + "#/customers/C-angry");
      see(page, "[data-testid=timeline-item][data-event-id=m-1]");
      post(up, token, message("m-2", "بسته‌ام هنوز نرسیده، اصلا راضی نیستم"));
      see(page, "[data-testid=timeline-item][data-event-id=m-2]");

      long postedAt = System.nanoTime();
      post(up, token, message("m-3", "خدمات شما افتضاحه، خیلی عصبانی هستم"));
      see(page, "[data-testid=flag][data-code=NEGATIVE_SENTIMENT]");
      see(page, "blockquote[dir=auto] .bad:has-text('افتضاحه')");
      System.out.printf(
          "angry words on the page after %d ms%n", (System.nanoTime() - postedAt) / 1_000_000);

      page.navigate(page.url().replaceAll("#.*", "#/"));
      see(page, "[data-testid=alert][data-rule-id=chat-turning-sour]");
    }
  }

  private static String message(String id, String text) {
    return """
        {"specversion":"1.0","id":"%s","source":"/test","type":"message.received","time":"%s",
         "subject":"C-angry","data":{"contactId":"chat-1","channel":"chat","text":"%s"}}"""
        .formatted(id, Instant.now(), text);
  }

  private static String signInLink(UpProcess up) {
    Matcher link = LINK.matcher(up.talk());
    assertThat(link.find()).as(up.talk()).isTrue();
    return link.group();
  }

  private static void speak(Page page, String language) {
    Locator root = page.locator("html");
    if (!language.equals(root.getAttribute("lang"))) {
      page.locator("[data-testid=language-switch]").click();
    }
    assertThat(root).hasAttribute("lang", language);
    assertThat(root).hasAttribute("dir", language.equals("fa") ? "rtl" : "ltr");
  }

  private static Locator see(Page page, String selector) {
    Locator locator = page.locator(selector).first();
    assertThat(locator).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
    return locator;
  }

  private static void post(UpProcess up, String token, String event) throws Exception {
    assertThat(up.post("/v1/events", token, "application/cloudevents+json", event).statusCode())
        .isEqualTo(202);
  }

  private static String call(String customer, String id) {
    return """
        {"specversion":"1.0","id":"%s","source":"/test","type":"contact.initiated","time":"%s",
         "subject":"%s","data":{"contactId":"k-%s","channel":"voice","queue":"billing"}}"""
        .formatted(id, Instant.now(), customer, id);
  }

  private static String cart(String customer, String id) {
    return """
        {"specversion":"1.0","id":"%s","source":"/test","type":"cart.item_added","time":"%s",
         "subject":"%s","data":{"cartId":"%s","sku":"s","name":"کفش","quantity":1,"price":900000,
         "currency":"IRR"}}"""
        .formatted(id, Instant.now(), customer, id);
  }
}
