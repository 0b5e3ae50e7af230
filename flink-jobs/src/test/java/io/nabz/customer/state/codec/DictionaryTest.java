package io.nabz.customer.state.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Channel;
import io.nabz.model.EventTypes;
import io.nabz.model.FlagCode;
import io.nabz.model.IdentifierType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryTest {
  /** Of format 1: may not change, since bytes in savepoints hold places in the list. */
  private static final int WORDS_OF_FORMAT_1 = 171;

  private static final int HASH_OF_FORMAT_1 = -22_972_063;

  @Test
  void theWordsOfSavepointsKeepTheirNumbers() {
    List<String> words = Arrays.asList(Dictionary.WORDS).subList(0, WORDS_OF_FORMAT_1);

    // List.hashCode and String.hashCode are defined by the Java platform.
    assertThat(words.hashCode())
        .as("words may be added at the end only")
        .isEqualTo(HASH_OF_FORMAT_1);
  }

  @Test
  void noWordStandsInItTwice() {
    assertThat(Dictionary.WORDS).doesNotHaveDuplicates();
  }

  @Test
  void itHasTheVocabularyOfTheModel() throws IllegalAccessException {
    List<String> vocabulary = new ArrayList<>();
    for (Field field : EventTypes.class.getFields()) {
      if (field.getType() == String.class) {
        vocabulary.add((String) field.get(null));
      }
    }
    vocabulary.removeIf(EventTypes::isCustomerless);
    for (Channel channel : Channel.values()) {
      vocabulary.add(channel.code());
    }
    for (FlagCode code : FlagCode.values()) {
      vocabulary.add(code.name());
    }
    for (IdentifierType type : IdentifierType.values()) {
      vocabulary.add(type.code());
    }
    // A missing one would cost bytes, no more: add it at the end.
    assertThat(Dictionary.WORDS).contains(vocabulary.toArray(String[]::new));
  }
}
