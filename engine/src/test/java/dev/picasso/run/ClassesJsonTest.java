package dev.picasso.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.visualization.Classes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassesJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Classes> kinds() {
    return Stream.of(
        Classes.top(3), Classes.chosen(List.of(4, 0)), Classes.trueLabels(), Classes.pair(7, 1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void allKindsAreReadBack(Classes classes) {
    ObjectNode json = JSON.createObjectNode();
    ClassesJson.put(json, classes);
    assertThat(ClassesJson.read(json)).isEqualTo(classes);
  }

  @Test
  void aPairSaysWhichIsSetAgainstWhich() {
    ObjectNode json = JSON.createObjectNode();
    ClassesJson.put(json, Classes.pair(7, 1));
    assertThat(json.toString()).isEqualTo("{\"top\":1,\"classes\":{\"class\":7,\"against\":1}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"class\": 7}",
        "{\"class\": 7, \"against\": \"1\"}",
        "{\"class\": 7, \"against\": 1.5}",
        "{\"class\": 7, \"against\": -1}",
        "{\"class\": 7, \"against\": 99999999999}",
        "{\"class\": 7, \"against\": 1e30}",
        "{\"class\": 7, \"against\": null}",
        "{\"class\": [7], \"against\": {\"class\": 1}}",
        "{\"class\": 7, \"against\": 1, \"more\": 2}"
      })
  void whatIsNoPairIsRefusedWithOneThatIs(String json) {
    assertThatThrownBy(() -> ClassesJson.pair(read(json)))
        .isInstanceOf(PicassoException.class)
        .hasMessage(
            "\"classes\" must be numbers of two classes, as in {\"class\":7,\"against\":1}.");
  }

  @Test
  void oneClassTwiceIsNoPair() {
    assertThatThrownBy(() -> ClassesJson.pair(read("{\"class\": 7, \"against\": 7}")))
        .isInstanceOf(PicassoException.class)
        .hasMessageStartingWith("Class 7 cannot be set against itself");
  }

  private static ObjectNode read(String json) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(json);
  }
}
