package dev.picasso.model.output;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an output, written as NumPy writes it: {@code y[:, 4:]} leaves out the first four
 * columns, {@code y[..., 0]} is the first element of the last axis.
 *
 * @param name the output
 * @param cuts one for each axis that is named, in order
 */
public record OutputSlice(String name, List<Cut> cuts) {
  private static final Pattern SLICED = Pattern.compile("(.+?)\\s*\\[([-0-9:., ]+)]");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
  private static final String TARGET = "picasso/part";

  public OutputSlice {
    cuts = List.copyOf(cuts);
  }

  /** What is taken of an axis. */
  public sealed interface Cut {
    /** From start to before end, in steps; as in Python, negative numbers count from the end. */
    record Range(Optional<Long> start, Optional<Long> end, long step) implements Cut {
      public static final Range ALL = new Range(Optional.empty(), Optional.empty(), 1);
    }

    /** One element, without its axis. */
    record Index(long at) implements Cut {}

    /** All axes that the others leave over. */
    record Rest() implements Cut {}
  }

  /** The name of what is sliced, or the text itself where it is the name alone. */
  public static String nameIn(String text) {
    Matcher m = SLICED.matcher(text);
    return m.matches() ? m.group(1) : text;
  }

  /**
   * Reads a text.
   *
   * @return empty if the text is a mere name
   * @throws ModelException if what stands in the brackets is no slice
   */
  public static Optional<OutputSlice> parse(String text) {
    Matcher m = SLICED.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    List<Cut> cuts = new ArrayList<>();
    for (String part : m.group(2).split(",", -1)) {
      cuts.add(cut(part.strip()).orElseThrow(() -> wrong(text)));
    }
    if (cuts.stream().filter(c -> c instanceof Cut.Rest).count() > 1) {
      throw wrong(text);
    }
    return Optional.of(new OutputSlice(m.group(1), cuts));
  }

  private static ModelException wrong(String text) {
    return new ModelException(
        "output: " + text + " is no slice; write it as in y[:, 4:], y[..., 5:] or y[:, :, 0].");
  }

  private static Optional<Cut> cut(String part) {
    if (part.equals("...")) {
      return Optional.of(new Cut.Rest());
    }
    String[] ends = part.split(":", -1);
    boolean numbers = ends.length <= 3;
    for (String end : ends) {
      numbers &= (end.isBlank() && ends.length > 1) || NUMBER.matcher(end.strip()).matches();
    }
    if (!numbers) {
      return Optional.empty();
    }
    if (ends.length == 1) {
      return Optional.of(new Cut.Index(Long.parseLong(ends[0].strip())));
    }
    long step = ends.length > 2 ? number(ends[2]).orElse(1L) : 1;
    return step < 1
        ? Optional.empty()
        : Optional.of(new Cut.Range(number(ends[0]), number(ends[1]), step));
  }

  private static Optional<Long> number(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(Long.parseLong(text.strip()));
  }

  /**
   * A graph with the part as a value of its own.
   *
   * @param graph all of the graph, outputs as they were
   * @param value the name of the part
   */
  public record Added(Graph graph, String value) {}

  /**
   * Adds the part to a graph.
   *
   * @param value what is sliced, by its name in the graph
   * @throws ModelException if the value has fewer axes, or the part is empty
   */
  public Added addTo(Graph graph, String value) {
    GraphBuilder g = GraphBuilder.from(graph);
    Value part = g.lookUp(value);
    Shape whole = part.shape();
    List<Cut> each = filled(whole);
    List<Long> gone = new ArrayList<>();
    for (int axis = 0; axis < each.size(); axis++) {
      if (each.get(axis) instanceof Cut.Index index) {
        requireInside(axis, index.at(), whole);
        part = g.slice(part, axis, index.at(), index.at() == -1 ? Long.MAX_VALUE : index.at() + 1);
        gone.add((long) axis);
      } else if (each.get(axis) instanceof Cut.Range range && !range.equals(Cut.Range.ALL)) {
        requireImages(axis, whole);
        part =
            g.slice(
                part,
                axis,
                range.start().orElse(0L),
                range.end().orElse(Long.MAX_VALUE),
                range.step());
      }
      if (axis < part.rank() && part.dim(axis) == 0) {
        throw new ModelException("output: " + text() + " is empty; " + name + " is " + whole + ".");
      }
    }
    part = g.squeeze(part, gone.stream().mapToLong(Long::longValue).toArray());
    part = g.named(part, TARGET);
    List<Value> outputs = new ArrayList<>(graph.outputs().stream().map(g::lookUp).toList());
    String name = part.name();
    outputs.add(part);
    Graph all = g.build(outputs);
    return new Added(all, name);
  }

  /** A cut for each axis. */
  private List<Cut> filled(Shape whole) {
    List<Cut> each = new ArrayList<>();
    int named = (int) cuts.stream().filter(c -> !(c instanceof Cut.Rest)).count();
    if (named > whole.rank()) {
      throw new ModelException(
          "output: " + text() + " has " + named + " axes; " + name + " is " + whole + ".");
    }
    for (Cut cut : cuts) {
      if (cut instanceof Cut.Rest) {
        for (int i = named; i < whole.rank(); i++) {
          each.add(Cut.Range.ALL);
        }
      } else {
        each.add(cut);
      }
    }
    while (each.size() < whole.rank()) {
      each.add(Cut.Range.ALL);
    }
    return each;
  }

  private void requireInside(int axis, long at, Shape whole) {
    requireImages(axis, whole);
    long length = whole.dim(axis);
    if (at >= length || at < -length) {
      throw new ModelException(
          "output: " + text() + " asks for element " + at + "; " + name + " is " + whole + ".");
    }
  }

  /** The first axis is the images, which are all wanted. */
  private void requireImages(int axis, Shape whole) {
    if (axis == 0 || whole.dim(axis) < 0) {
      throw new ModelException(
          "output: "
              + text()
              + " cuts the images; the first axis of "
              + name
              + " "
              + whole
              + " is all of them, ':'.");
    }
  }

  /** As it is written. */
  public String text() {
    List<String> parts = cuts.stream().map(OutputSlice::text).toList();
    return name + "[" + String.join(", ", parts) + "]";
  }

  private static String text(Cut cut) {
    if (cut instanceof Cut.Index index) {
      return Long.toString(index.at());
    }
    if (cut instanceof Cut.Range range) {
      String ends =
          range.start().map(String::valueOf).orElse("")
              + ":"
              + range.end().map(String::valueOf).orElse("");
      return range.step() == 1 ? ends : ends + ":" + range.step();
    }
    return "...";
  }
}
