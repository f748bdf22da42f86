package dev.picasso.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.image.Prediction;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tally tally = new Tally();

  private static Truth truth(String name, int index, int told, double probability) {
    return new Truth(
        name, Optional.of(index), name, new Prediction(told, "class " + told, probability));
  }

  private void add(Truth truth) {
    tally.add(JSON.createObjectNode().set(Truth.FIELD, truth.json()));
  }

  @Test
  void countsWhatIsTakenForWhatTheMostFrequentFirst() throws JsonProcessingException {
    add(truth("a", 0, 0, .9));
    add(truth("a", 0, 1, .9));
    add(truth("b", 1, 0, .9));
    add(truth("b", 1, 0, .4));
    JsonNode wanted =
        JSON.readTree(
            """
            {"judged": 4, "wrong": 3, "accuracy": 0.25, "unknown": 0, "confusions": [
              {"truth": {"index": 1, "label": "b"}, "told": {"index": 0, "label": "class 0"}, "count": 2},
              {"truth": {"index": 0, "label": "a"}, "told": {"index": 1, "label": "class 1"}, "count": 1}]}
            """);
    assertThat(JSON.readTree(tally.json().orElseThrow().toString())).isEqualTo(wanted);
  }

  @Test
  void whatCannotBeJudgedCountsAsNeither() {
    add(truth("a", 0, 0, Double.NaN));
    add(new Truth("zebra", Optional.empty(), "zebra", new Prediction(0, "class 0", 1)));
    tally.add(JSON.createObjectNode());
    tally.add(JSON.createObjectNode().put("problem", "cut off"));
    JsonNode counted = tally.json().orElseThrow();
    assertThat(counted.path("judged").asInt()).isZero();
    assertThat(counted.path("unknown").asInt()).isEqualTo(3);
    assertThat(counted.has("accuracy")).isFalse();
    assertThat(TallyWords.of(counted).sentence())
        .isEqualTo("None of the labels is a class of the model.");
  }

  @Test
  void isToldInOneSentence() {
    add(truth("a", 0, 0, .9));
    add(truth("a", 0, 0, .9));
    assertThat(TallyWords.of(tally.json().orElseThrow()).sentence())
        .isEqualTo("0 of 2 wrong, accuracy 100.0\u00a0%.");
    add(truth("b", 1, 0, .9));
    tally.add(JSON.createObjectNode());
    TallyWords words = TallyWords.of(tally.json().orElseThrow());
    assertThat(words.counted()).isEqualTo("1 of 3 wrong, accuracy 66.7\u00a0%");
    assertThat(words.sentence())
        .isEqualTo(
            words.counted()
                + ", most often b taken for class 0 (1)"
                + "; 1 more without a label that is a class of the model.");
  }

  @Test
  void withoutAnyLabelThereIsNone() {
    tally.add(JSON.createObjectNode());
    assertThat(tally.json()).isEmpty();
    assertThat(tally.last()).isEmpty();
  }
}
