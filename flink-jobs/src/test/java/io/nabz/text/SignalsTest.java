package io.nabz.text;

import static io.nabz.text.Texts.codes;
import static io.nabz.text.Texts.cut;
import static io.nabz.text.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsTest {
  @ParameterizedTest
  @CsvSource({
    "اعصابمو خورد کردین, anger",
    "I am furious, anger",
    "خیلی ناامید شدم از این خرید, disappointment",
    "so disappointed with this, disappointment",
    "نگرانم حسابم هک شده باشه, worry",
    "I'm worried someone used my card, worry",
    "گیج شدم نمیفهمم چی شد, confusion",
    "I am confused by the bill, confusion",
    "یک دنیا ممنون, gratitude",
    "thank you so much, gratitude",
    "خیلی خوشحال شدم, joy",
    "I'm so happy that I love it, joy"
  })
  void feelingsAreNamed(String text, String emotion) {
    assertThat(codes(read(text).emotions())).contains(emotion);
  }

  @Test
  void aDeniedJoyIsNoJoy() {
    assertThat(codes(read("اصلا خوشحال نیستم").emotions())).doesNotContain("joy");
  }

  @ParameterizedTest
  @CsvSource({
    "چرا دو بار از حسابم کسر شده؟, billing",
    "I was charged twice, billing",
    "مرسوله من نرسیده, delivery",
    "Where is my parcel, delivery",
    "میخوام مرجوع کنم, return",
    "I want a refund, return",
    "برنامه باز نمیشه, technical",
    "the app keeps crashing with an error, technical",
    "رمزم رو فراموش کردم, account",
    "cannot log in, account",
    "سفارشم رو لغو کنید, cancellation",
    "please cancel my order, cancellation",
    "کد تخفیف دارید؟, price",
    "how much is it, price",
    "دمتون گرم, praise",
    "great job, praise",
    "لطفا بهم زنگ بزنید, callback",
    "please call me back, callback",
    "میخوام با یه کارشناس صحبت کنم, human_agent",
    "let me speak to a human, human_agent"
  })
  void topicsAreNamed(String text, String topic) {
    assertThat(codes(read(text).topics())).contains(topic);
  }

  @ParameterizedTest
  @CsvSource({
    "دیگه ازتون خرید نمیکنم",
    "میرم یه بانک دیگه",
    "I'm switching to another carrier",
    "close my account"
  })
  void aThreatToLeaveIsSeen(String text) {
    assertThat(read(text).threatToLeave()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"فوری پیگیری کنید", "لطفا هر چه سریعتر", "this is urgent", "I need it asap"})
  void urgencyIsSeen(String text) {
    assertThat(read(text).urgency()).isPresent();
  }

  @Test
  void abuseIsSeenWithTheWordsThatAreIt() {
    String text = "واقعا که احمق هستید";
    Signal abuse = read(text).abuse().orElseThrow();
    assertThat(cut(text, abuse.from(), abuse.to())).isEqualTo("احمق");
    assertThat(read("سلام وقت بخیر").abuse()).isEmpty();
  }

  @Test
  void aThreatDoesNotHideTheTopicInTheSameWords() {
    TextReading reading = read("cancel my account now");
    assertThat(reading.threatToLeave()).isPresent();
    assertThat(codes(reading.topics())).contains("cancellation", "account");
  }

  @Test
  void aTaxonomyOfOnesOwnReplacesTheShippedOne(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("topics.tsv"), "loans\tfa\tوام\nloans\ten\tmortgage\t0.9\n");
    TextReader reader = TextReader.withTaxonomy(file);
    assertThat(codes(reader.read("وام میخوام", null).topics())).containsExactly("loans");
    assertThat(reader.read("my mortgage", null).topics().get(0).confidence()).isEqualTo(0.9);
    assertThat(reader.read("where is my parcel", null).topics()).isEmpty();
  }
}
