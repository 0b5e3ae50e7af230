package io.nabz.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource({
    "کارتم مسدود شده است, FA",
    "salam khubin ye soal dashtam, FA",
    "My card has been blocked, EN",
    "'Guten Tag, meine Karte', OTHER",
    "Guten Tag ich habe meine Karte nicht, OTHER",
    "Моя карта заблокирована, OTHER",
    "我的卡被锁了, OTHER",
    "هذا المنتج لا يعمل في البيت على الاطلاق, OTHER"
  })
  void languagesAreToldApart(String text, Language language) {
    assertThat(Texts.read(text).language()).isEqualTo(language);
  }

  @Test
  void aHintDecidesWhereTheTextDoesNot() {
    assertThat(Texts.READER.read("123", "fa-IR").language()).isEqualTo(Language.FA);
  }

  @Test
  void mixedTextIsScoredPartByPart() {
    TextReading reading = Texts.read("سرویس افتضاح بود ولی the agent was great");
    assertThat(reading.mixed()).isTrue();
    assertThat(reading.parts())
        .extracting(TextPart::language)
        .containsExactly(Language.FA, Language.EN);
    assertThat(reading.parts().get(0).score()).isNegative();
    assertThat(reading.parts().get(1).score()).isPositive();
  }
}
