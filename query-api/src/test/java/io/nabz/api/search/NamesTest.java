package io.nabz.api.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  @Test
  void theWaysOfWritingANameComeToOneForm() {
    assertThat(Names.words("علي‌رضا كريمي")).isEqualTo(Names.words("علی رضا کریمی"));
    assertThat(Names.words("آرَش  رؤیایی")).containsExactly("ارش", "رویایی");
    assertThat(Names.words("  José O'Neill-۷ ")).containsExactly("jose", "o", "neill", "7");
    assertThat(Names.words("!؟")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "سارا, Sara", "رضا, Reza", "محمد, Mohammad", "محمد, Muhamad", "فاطمه, Fatemeh", "حسین, Hossein",
    "زهرا, Zahra", "شیرین, Shirin", "خسرو, Khosrow", "قاسم, Ghasem", "قاسم, Qasem",
        "چنگیز, Changiz",
    "ژاله, Zhaleh", "مهدی, Mehdi", "نوید, Navid", "کریمی, Karimi"
  })
  void aNameHasTheSameSkeletonInBothScripts(String persian, String latin) {
    assertThat(skeleton(latin)).isNotEmpty().isEqualTo(skeleton(persian));
  }

  @Test
  void otherNamesHaveOthers() {
    assertThat(skeleton("Sara")).isNotEqualTo(skeleton("رضا"));
    assertThat(skeleton("Maryam")).isNotEqualTo(skeleton("مهدی"));
  }

  private static String skeleton(String name) {
    return Names.skeleton(Names.words(name).get(0));
  }
}
