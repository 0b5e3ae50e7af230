package io.nabz.api.intake;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.api.intake.EventSplitter.BodyException;
import io.nabz.api.intake.EventSplitter.Form;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventSplitterTest {
  @Test
  void anArrayIsCutIntoTheVeryBytesOfItsElements() throws BodyException {
    assertThat(split(" [ {\"a\": \"سلام ]\"} ,{\"b\":[1,{}]},7, \"x,y\" ,null]\n", Form.ARRAY))
        .containsExactly("{\"a\": \"سلام ]\"}", "{\"b\":[1,{}]}", "7", "\"x,y\"", "null");
  }

  @Test
  void linesAreCutAtTheirEndsAndEmptyOnesPassedOver() throws BodyException {
    assertThat(split("{\"a\":1}\r\n\n  \n{\"b\":2}", Form.LINES))
        .containsExactly("{\"a\":1}\r", "{\"b\":2}");
  }

  @Test
  void plainJsonIsOneEventOrAnArrayByItsFirstCharacter() throws BodyException {
    assertThat(split(" {\"a\":1}", Form.SINGLE_OR_ARRAY)).containsExactly(" {\"a\":1}");
    assertThat(split("\n[{\"a\":1}]", Form.SINGLE_OR_ARRAY)).containsExactly("{\"a\":1}");
  }

  @Test
  void aBrokenArrayIsRefusedWhole() {
    assertRefused("[{\"a\":1},{\"b\":]", "line 1");
    assertRefused("[{\"a\":1}", "not JSON");
    assertRefused("[{\"a\":1}] {}", "more after");
    assertRefused("[]", "empty");
    assertRefused("{}", "not an array");
    assertRefused("[".repeat(5_000), "not JSON");
    assertThatThrownBy(() -> EventSplitter.split("[1]".getBytes(UTF_16), Form.ARRAY))
        .isInstanceOf(BodyException.class);
  }

  @Test
  void moreEventsThanOneRequestMayHoldAreRefused() {
    String many = "1\n".repeat(EventSplitter.MAX_EVENTS + 1);
    assertThatThrownBy(() -> split(many, Form.LINES)).hasMessageContaining("several requests");
  }

  private static void assertRefused(String body, String reason) {
    assertThatThrownBy(() -> split(body, Form.ARRAY))
        .isInstanceOf(BodyException.class)
        .hasMessageContaining(reason);
  }

  private static List<String> split(String body, Form form) throws BodyException {
    return EventSplitter.split(body.getBytes(UTF_8), form).stream()
        .map(event -> new String(event, UTF_8))
        .toList();
  }
}
