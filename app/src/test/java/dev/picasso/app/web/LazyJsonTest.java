package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LazyJsonTest {
  private int asked;

  private ObjectNode model() {
    asked++;
    return Json.object().put("title", "A net").put("classCount", 2);
  }

  @Test
  void isMadeWhenSomethingOfItIsAskedForAndOnce() {
    Map<String, Object> model = new LazyJson(this::model);
    assertThat(asked).isZero();
    assertThat(model.get("title")).isEqualTo("A net");
    assertThat(model.get("nix")).isNull();
    assertThat(model.containsKey("classCount")).isTrue();
    assertThat(asked).isEqualTo(1);
  }
}
