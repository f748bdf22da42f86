package dev.picasso.app.report;

import dev.picasso.PathNames;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What templates call {@code shortened}: long names of layers without their first parts. */
public final class ShortNames extends AbstractExtension {
  @Override
  public Map<String, Filter> getFilters() {
    return Map.of("shortened", new Shortened());
  }

  private static final class Shortened implements Filter {
    @Override
    public @Nullable List<String> getArgumentNames() {
      return null;
    }

    @Override
    public Object apply(
        @Nullable Object input,
        Map<String, Object> args,
        PebbleTemplate self,
        EvaluationContext context,
        int lineNumber) {
      return input == null ? "" : PathNames.shortened(String.valueOf(input));
    }
  }
}
