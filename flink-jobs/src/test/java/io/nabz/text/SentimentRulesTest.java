package io.nabz.text;

import static io.nabz.text.SentimentLabel.NEGATIVE;
import static io.nabz.text.SentimentLabel.NEUTRAL;
import static io.nabz.text.SentimentLabel.POSITIVE;
import static io.nabz.text.Texts.label;
import static io.nabz.text.Texts.score;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentimentRulesTest {
  @Test
  void negationTurnsTheWordIntoItsOpposite() {
    assertThat(label("سرویس خوبی نبود")).isEqualTo(NEGATIVE);
    assertThat(label("بد نبود")).isEqualTo(POSITIVE);
    assertThat(label("The agent was not helpful")).isEqualTo(NEGATIVE);
    assertThat(label("not bad at all")).isEqualTo(POSITIVE);
  }

  @Test
  void aPersianDenialTurnsOnlyItsOwnClause() {
    assertThat(label("عالیه، هیچ مشکلی نداره")).isEqualTo(POSITIVE);
  }

  @Test
  void withoutTurnsWhatFollows() {
    assertThat(label("بدون دردسر")).isEqualTo(POSITIVE);
  }

  @Test
  void intensifiersMakeItStrongerAndHedgesWeaker() {
    assertThat(score("خیلی بد بود")).isLessThan(score("بد بود"));
    assertThat(score("یه کم کثیف بود")).isGreaterThan(score("کثیف بود"));
    assertThat(score("very slow")).isLessThan(score("slow"));
  }

  @Test
  void theClauseAfterButCountsMore() {
    assertThat(label("قشنگه ولی خراب شد")).isEqualTo(NEGATIVE);
    assertThat(label("خراب شد ولی قشنگه")).isEqualTo(POSITIVE);
    assertThat(label("nice design but it broke")).isEqualTo(NEGATIVE);
    assertThat(label("it was slow but the result is great")).isEqualTo(POSITIVE);
  }

  @Test
  void whatIsConcededCountsLess() {
    assertThat(label("با اینکه بسته‌بندی ضعیف بود، خودش عالیه")).isEqualTo(POSITIVE);
    assertThat(label("although the screen is nice, the battery is terrible")).isEqualTo(NEGATIVE);
  }

  @Test
  void aQuestionAboutQualityIsNoPraise() {
    assertThat(label("این مدل خوبه؟")).isEqualTo(NEUTRAL);
    assertThat(label("Is this one good?")).isEqualTo(NEUTRAL);
  }

  @Test
  void aReproachInFormOfAQuestionStaysBad() {
    assertThat(label("چرا جواب نمیدین؟")).isEqualTo(NEGATIVE);
  }

  @Test
  void courtesyIsNoPraise() {
    assertThat(label("سلام خسته نباشید، ممنون میشم راهنمایی کنید")).isEqualTo(NEUTRAL);
    assertThat(label("Kind regards, thanks in advance")).isEqualTo(NEUTRAL);
  }

  @Test
  void courtesyDoesNotHideAComplaint() {
    assertThat(label("با عرض سلام و خسته نباشید، کالا خراب رسید")).isEqualTo(NEGATIVE);
  }

  @Test
  void praiseWithASignOfSarcasmIsReproach() {
    assertThat(label("واقعا دستتون درد نکنه با این سرویس عالیتون 😒")).isEqualTo(NEGATIVE);
    assertThat(label("Thanks for nothing")).isEqualTo(NEGATIVE);
    assertThat(label("congrats on making it even slower")).isEqualTo(NEGATIVE);
  }

  @Test
  void emojiAndFacesCount() {
    assertThat(label("😡😡")).isEqualTo(NEGATIVE);
    assertThat(label("رسید 😍")).isEqualTo(POSITIVE);
    assertThat(label("ok :(")).isEqualTo(NEGATIVE);
  }

  @Test
  void marksInWordsCount() {
    assertThat(label("2/10")).isEqualTo(NEGATIVE);
    assertThat(label("10/10")).isEqualTo(POSITIVE);
    assertThat(label("از ده بهشون نه میدم")).isEqualTo(POSITIVE);
    assertThat(label("one out of five")).isEqualTo(NEGATIVE);
    assertThat(label("سه از پنج")).isEqualTo(NEUTRAL);
  }

  @Test
  void highIsGoodForQualityAndBadForPrice() {
    assertThat(label("سرعتش بالاست")).isEqualTo(POSITIVE);
    assertThat(label("هزینه بالا")).isEqualTo(NEGATIVE);
    assertThat(label("دقت پایین")).isEqualTo(NEGATIVE);
    assertThat(label("high latency")).isEqualTo(NEGATIVE);
  }

  @Test
  void plainFactsAreNeutral() {
    assertThat(label("وزن دستگاه ۱۷۰ گرم است")).isEqualTo(NEUTRAL);
    assertThat(label("My order number is 5518273")).isEqualTo(NEUTRAL);
  }
}
