package io.nabz.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierNormaliserTest {
  private final IdentifierNormaliser normaliser = new IdentifierNormaliser("IR");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+989121234567",
        "09121234567",
        "0912 123 4567",
        "0098-912-1234567",
        "+98 (0)912 1234567",
        "9121234567",
        "۰۹۱۲۱۲۳۴۵۶۷",
        "٠٩١٢١٢٣٤٥٦٧",
        " +98 912 123 4567 "
      })
  void everyWayOfWritingAPhoneNumberIsOne(String written) {
    assertThat(phone(written)).isEqualTo("+989121234567");
  }

  @Test
  void aForeignNumberKeepsItsCountry() {
    assertThat(phone("+44 20 7946 0018")).isEqualTo("+442079460018");
  }

  @Test
  void anExtensionIsItsDigits() {
    assertThat(phone("10")).isEqualTo("10");
    assertThat(phone("داخلی ۱۲")).isEqualTo("12");
  }

  @Test
  void whatHoldsNoDigitIsNoPhone() {
    assertThat(normaliser.normalise(IdentifierType.PHONE, "unknown")).isNull();
    assertThat(normaliser.normalise(IdentifierType.EMAIL, "  ")).isNull();
  }

  @Test
  void emailsAreLowerCase() {
    assertThat(normaliser.normalise(IdentifierType.EMAIL, " Sara@Example.IR ").value())
        .isEqualTo("sara@example.ir");
  }

  @Test
  void aProvisionalIdDoesNotShowWhatItWasMadeOf() {
    Identifier identifier = normaliser.normalise(IdentifierType.PHONE, "09121234567");

    assertThat(identifier.provisionalCustomerId())
        .startsWith("~")
        .hasSize(25)
        .doesNotContain("912")
        .isEqualTo(identifier.provisionalCustomerId());
  }

  @Test
  void anUnknownRegionIsRefused() {
    assertThatThrownBy(() -> new IdentifierNormaliser("XX")).hasMessageContaining("XX");
  }

  private String phone(String written) {
    return normaliser.normalise(IdentifierType.PHONE, written).value();
  }
}
