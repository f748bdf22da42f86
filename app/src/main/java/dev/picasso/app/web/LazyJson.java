package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A JSON object for a template, which is made when the template asks for something of it: of a
 * model it may have thousands of names, and few templates show any. For one thread.
 */
final class LazyJson extends AbstractMap<String, Object> {
  private final Supplier<ObjectNode> source;
  private Optional<Map<String, Object>> made = Optional.empty();

  /**
   * @param source asked once at most
   */
  LazyJson(Supplier<ObjectNode> source) {
    this.source = source;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    if (made.isEmpty()) {
      made = Optional.of(Json.map(source.get()));
    }
    return made.get().entrySet();
  }
}
