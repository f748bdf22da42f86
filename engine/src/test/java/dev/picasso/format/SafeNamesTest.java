package dev.picasso.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.onnx | model.onnx",
        "my model (1) [v2].onnx | my model (1) [v2].onnx",
        "größe.h5 | größe.h5",
        "重み/a.bin | 重み/a.bin",
        "my%20model.onnx | my model.onnx",
        "100%.onnx | 100%.onnx",
        "%E9.onnx | %E9.onnx",
        "../../etc/passwd | etc/passwd",
        "a\\b\\c.h5 | a/b/c.h5",
        "/x | x",
        "C:\\x | C_/x",
        "%2e%2e%2fx | __x",
        ".hidden | _hidden",
        "... | file",
        "con.onnx | filecon.onnx",
        "a<b>.onnx | a_b_.onnx",
        "x. | x",
      })
  void namesStayAsFarAsTheyAreSafe(String given, String stored) {
    assertThat(SafeNames.path(given)).isEqualTo(stored);
    assertThat(SafeNames.path(stored.replace("%", "%25"))).isEqualTo(stored);
  }

  @Test
  void aNameHasAnEndAndAPathADepth() {
    assertThat(SafeNames.path("x".repeat(5000) + ".onnx")).hasSize(120).endsWith("x.onnx");
    String tank = "\uD83D\uDE9C"; // two chars of Java
    assertThat(SafeNames.path(tank + "x".repeat(114) + ".onnx"))
        .isEqualTo("x".repeat(114) + ".onnx");
    assertThat(SafeNames.path("a/".repeat(500) + "x").split("/")).hasSize(11);
    assertThat(SafeNames.file("a\u0000b\u202Ec\nd")).isEqualTo("a_b_c_d");
  }
}
