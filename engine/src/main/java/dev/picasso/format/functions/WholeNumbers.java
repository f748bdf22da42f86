package dev.picasso.format.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Arguments that are lengths, axes or places: whole numbers that are known before a model runs. */
final class WholeNumbers {
  /** Numbers beyond this are no lengths, axes or places of any image. */
  private static final long MOST = Integer.MAX_VALUE;

  private static final int MOST_NUMBERS = 1024;

  private WholeNumbers() {}

  /** All numbers of an argument; a single one counts as a list of one. */
  static List<Size> of(Argument argument, String name) {
    if (argument instanceof Argument.Tensor tensor) {
      return tensor
          .value()
          .sizes()
          .orElseThrow(
              () ->
                  new Unsupported(
                      name + " is computed from what the model sees; it must be known before."));
    }
    if (argument instanceof Argument.Many many) {
      return many.parts().stream().flatMap(p -> of(p, name).stream()).toList();
    }
    JsonNode node =
        argument instanceof Argument.Numbers numbers
            ? Literals.json(limited(numbers.tensor(), name))
            : Literals.unwrapped(((Argument.Plain) argument).value());
    List<Size> sizes = new ArrayList<>();
    for (JsonNode item : node.isArray() ? node : List.of(node)) {
      sizes.add(Size.of(whole(item, name, node)));
    }
    return sizes;
  }

  private static Tensor limited(Tensor numbers, String name) {
    if (numbers.size() > MOST_NUMBERS) {
      throw new Unsupported(name + " has " + numbers.size() + " numbers.");
    }
    return numbers;
  }

  private static long whole(JsonNode item, String name, JsonNode all) {
    double number = item.isNumber() ? item.doubleValue() : Double.NaN;
    if (number != Math.rint(number) || Math.abs(number) > MOST) {
      throw new Unsupported(
          name
              + " is "
              + Literals.shortened(all)
              + "; it must be whole numbers of at most "
              + MOST
              + ".");
    }
    return (long) number;
  }
}
