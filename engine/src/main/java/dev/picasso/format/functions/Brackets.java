package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** x[…] as NumPy understands it, without places that a model computes. */
final class Brackets {
  private Brackets() {}

  static LaidOut pick(GraphBuilder g, LaidOut x, List<Selector> asked) {
    List<Selector> selectors = withoutEllipsis(asked, x.rank());
    LaidOut y = x;
    List<Long> gone = new ArrayList<>();
    List<Long> added = new ArrayList<>();
    int axis = 0;
    int place = 0;
    for (Selector selector : selectors) {
      if (selector instanceof Selector.NewAxis) {
        added.add((long) place++);
        continue;
      }
      if (selector instanceof Selector.Place one) {
        gone.add((long) axis);
        y = place(g, y, axis, one.index());
      } else {
        y = along(g, y, axis, selector);
        place++;
      }
      axis++;
    }
    if (!gone.isEmpty()) {
      y = Layouts.removing(g, y, array(gone), (v, a) -> g.squeeze(v, a));
    }
    if (!added.isEmpty()) {
      y = LaidOut.asIs(g.unsqueeze(y.logical(g), array(added)));
    }
    Optional<List<Size>> known =
        selectors.size() == 1 && added.isEmpty() ? known(x, selectors.get(0)) : Optional.empty();
    return known.isPresent() ? y.holding(known.get()) : y;
  }

  private static long[] array(List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }

  /** Slices of whole axes in place of the ellipsis, and behind the last selector. */
  private static List<Selector> withoutEllipsis(List<Selector> asked, int rank) {
    long named =
        asked.stream()
            .filter(s -> !(s instanceof Selector.NewAxis || s instanceof Selector.Ellipsis))
            .count();
    long ellipses = asked.stream().filter(Selector.Ellipsis.class::isInstance).count();
    if (named > rank || ellipses > 1) {
      throw new Unsupported("it picks along " + named + " axes; the value has " + rank + ".");
    }
    List<Selector> full = new ArrayList<>();
    for (Selector selector : asked) {
      if (selector instanceof Selector.Ellipsis) {
        LongStream.range(named, rank).forEach(i -> full.add(Selector.all()));
      } else {
        full.add(selector);
      }
    }
    return full;
  }

  private static LaidOut place(GraphBuilder g, LaidOut x, int axis, long index) {
    long n = x.shape().dim(axis);
    if (n < 0) {
      throw new Unsupported("it takes one image out of the batch.");
    }
    long place = index < 0 ? index + n : index;
    if (place < 0 || place >= n) {
      throw new Unsupported("it takes the place " + index + " of an axis of " + n + ".");
    }
    return x.with(g.slice(x.stored(), x.storedAxis(axis), place, place + 1));
  }

  private static LaidOut along(GraphBuilder g, LaidOut x, int axis, Selector selector) {
    if (selector instanceof Selector.Range range) {
      return range.isAll() ? x : range(g, x, axis, range);
    }
    Selector.Places places = (Selector.Places) selector;
    long n = x.shape().dim(axis);
    if (n < 0 || places.indices().stream().anyMatch(i -> i >= n || i < -n)) {
      throw new Unsupported(
          "it picks the places " + places.indices() + " of an axis of " + n + ".");
    }
    Value indices = g.longs(array(places.indices()));
    return x.with(g.gather(x.stored(), indices, x.storedAxis(axis)));
  }

  private static LaidOut range(GraphBuilder g, LaidOut x, int axis, Selector.Range range) {
    long n = x.shape().dim(axis);
    if (n < 0) {
      throw new Unsupported("it takes some images out of the batch.");
    }
    long[] resolved = resolved(range, n);
    long length = resolved[1];
    long end = resolved[0] + length * range.step();
    return x.with(
        g.slice(
            x.stored(),
            x.storedAxis(axis),
            resolved[0],
            end < 0 ? Integer.MIN_VALUE : end,
            range.step()));
  }

  /** First place and number of places, as Python has it. */
  private static long[] resolved(Selector.Range range, long n) {
    long step = range.step();
    if (step == 0) {
      throw new Unsupported("its slice has a step of 0.");
    }
    long low = step > 0 ? 0 : -1;
    long high = step > 0 ? n : n - 1;
    long start = range.start().map(s -> clamped(s, n, low, high)).orElse(step > 0 ? low : high);
    long stop = range.stop().map(s -> clamped(s, n, low, high)).orElse(step > 0 ? high : low);
    long length =
        step > 0 ? -Math.floorDiv(start - stop, step) : -Math.floorDiv(stop - start, -step);
    if (length < 1) {
      throw new Unsupported("its slice takes nothing of an axis of " + n + " places.");
    }
    return new long[] {start, length};
  }

  private static long clamped(long place, long n, long low, long high) {
    return Math.max(low, Math.min(high, place < 0 ? place + n : place));
  }

  /** What is picked of numbers that are known while the graph is built. */
  private static Optional<List<Size>> known(LaidOut x, Selector selector) {
    return x.sizes()
        .filter(s -> x.rank() == 1)
        .flatMap(
            sizes -> {
              long n = sizes.size();
              if (selector instanceof Selector.Place one) {
                return Optional.of(List.of(sizes.get((int) Math.floorMod(one.index(), n))));
              }
              if (!(selector instanceof Selector.Range range)) {
                return Optional.empty();
              }
              long[] at = resolved(range, n);
              return Optional.of(
                  LongStream.range(0, at[1])
                      .mapToObj(i -> sizes.get((int) (at[0] + i * range.step())))
                      .toList());
            });
  }

  /** The numbers at places that are known too. */
  static Optional<List<Size>> picked(LaidOut x, List<Size> places) {
    return x.sizes()
        .filter(s -> x.rank() == 1)
        .map(
            sizes ->
                places.stream()
                    .map(p -> sizes.get((int) Math.floorMod(p.number(), (long) sizes.size())))
                    .toList());
  }
}
