package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Images about which equally many things are asked, all of one value, so that they can be run
 * together, each of them once.
 *
 * @param value that the seeds weigh
 * @param rows for each image the rows that show it, equally many
 */
public record Askings(String value, List<List<Integer>> rows) {
  /** What is asked about an image at once; their maps are held together. */
  private static final int MOST = 32;

  public Askings {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** All rows, put together as far as they go together. */
  public static List<Askings> of(Images x, Questions questions) {
    record Image(int image, String value) {}
    record Kind(String value, int count) {}
    Map<Image, List<Integer>> images = new LinkedHashMap<>();
    for (int row = 0; row < x.size(); row++) {
      images
          .computeIfAbsent(new Image(x.image(row), questions.value(row)), k -> new ArrayList<>())
          .add(row);
    }
    Map<Kind, List<List<Integer>>> kinds = new LinkedHashMap<>();
    images.forEach(
        (image, rows) -> {
          for (List<Integer> some : parts(rows, MOST)) {
            kinds
                .computeIfAbsent(new Kind(image.value(), some.size()), k -> new ArrayList<>())
                .add(some);
          }
        });
    return kinds.entrySet().stream()
        .map(kind -> new Askings(kind.getKey().value(), kind.getValue()))
        .toList();
  }

  /** The same, at most so many images at once. */
  public List<Askings> pieces(int most) {
    return parts(rows, most).stream().map(some -> new Askings(value, some)).toList();
  }

  private static <T> List<List<T>> parts(List<T> all, int most) {
    return IntStream.iterate(0, i -> i < all.size(), i -> i + most)
        .mapToObj(i -> all.subList(i, Math.min(all.size(), i + most)))
        .toList();
  }

  /** The images, one row each. */
  public Tensor images(Images x) {
    List<Integer> shown = rows.stream().map(of -> x.image(of.get(0))).toList();
    boolean inOrder =
        IntStream.range(0, shown.size()).allMatch(i -> shown.get(i) == shown.get(0) + i);
    return inOrder
        ? Batches.rows(x.distinct(), shown.get(0), shown.get(0) + shown.size())
        : Batches.joined(rows.stream().map(of -> x.row(of.get(0))).toList());
  }

  /** How many things are asked about each image. */
  public int each() {
    return rows.get(0).size();
  }

  /** {@link GradientGraphs#SEED} of each thing that is asked, with a row for each image. */
  public List<Map<String, Tensor>> seeds(Questions questions) {
    return IntStream.range(0, each())
        .mapToObj(i -> rows.stream().map(of -> questions.seed(of.get(i))).toList())
        .map(seeds -> Map.of(GradientGraphs.SEED, Batches.joined(seeds)))
        .toList();
  }
}
