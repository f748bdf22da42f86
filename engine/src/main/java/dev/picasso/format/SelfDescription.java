package dev.picasso.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a file's metadata tell of the model, as Ultralytics writes them into ONNX files: {@code
 * task}, {@code names} and {@code imgsz}. What cannot be read counts as not being there.
 *
 * @param task in small letters, such as "detect" or "classify"
 * @param names of the classes, in order
 * @param imageSize height and width that the model was made for
 */
public record SelfDescription(
    Optional<String> task, List<String> names, Optional<ImageSize> imageSize) {
  private static final int LARGEST_SIDE = 1 << 14;

  public SelfDescription {
    names = List.copyOf(names);
  }

  /** In pixels. */
  public record ImageSize(int height, int width) {}

  public static SelfDescription of(Map<String, String> metadata) {
    return new SelfDescription(
        text(metadata, "task")
            .map(t -> t.strip().toLowerCase(Locale.ROOT))
            .filter(t -> !t.isEmpty()),
        text(metadata, "names").map(SelfDescription::names).orElse(List.of()),
        text(metadata, "imgsz").flatMap(SelfDescription::size));
  }

  /** The names in a list or dictionary as Python prints it; none if it is nothing of the kind. */
  public static List<String> names(String literal) {
    return PythonLiteral.read(literal).map(SelfDescription::ordered).orElse(List.of());
  }

  private static Optional<String> text(Map<String, String> metadata, String key) {
    return Optional.ofNullable(metadata.get(key));
  }

  /** In the order of their keys, which count from 0; none where a number is missing. */
  private static List<String> ordered(List<PythonLiteral.Item> items) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      names.add("");
    }
    for (int i = 0; i < items.size(); i++) {
      PythonLiteral.Item item = items.get(i);
      int place = item.key().isEmpty() ? i : number(item.key());
      if (place < 0 || place >= names.size() || !names.get(place).isEmpty()) {
        return List.of();
      }
      names.set(place, item.value());
    }
    return names;
  }

  /** Two sides, or the only one of a square. */
  private static Optional<ImageSize> size(String text) {
    List<String> sides =
        PythonLiteral.read(text)
            .map(items -> items.stream().map(PythonLiteral.Item::value).toList())
            .orElse(List.of(text.strip()));
    if (sides.isEmpty() || sides.size() > 2) {
      return Optional.empty();
    }
    int height = number(sides.get(0));
    int width = number(sides.get(sides.size() - 1));
    boolean sensible = height > 0 && width > 0 && Math.max(height, width) <= LARGEST_SIDE;
    return sensible ? Optional.of(new ImageSize(height, width)) : Optional.empty();
  }

  private static int number(String text) {
    return text.matches("\\d{1,7}") ? Integer.parseInt(text) : -1;
  }
}
