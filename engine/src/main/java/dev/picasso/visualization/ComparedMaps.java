package dev.picasso.visualization;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.StoppedException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Prediction;
import dev.picasso.image.Region;
import dev.picasso.model.CalledClass;
import dev.picasso.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the maps that stand side by side: of each model, by each method, of each class.
 *
 * @param context of the model that is explained first
 * @param classes that are explained, as that model has them
 * @param names what the methods are called, in their order
 */
record ComparedMaps(
    Context context,
    ImageInput image,
    List<Prediction> classes,
    List<Attribution> methods,
    List<String> names) {

  /**
   * One of them.
   *
   * @param panel in the frame of the model that is explained first
   * @param method its id
   */
  record Column(Panel panel, String method) {}

  /**
   * What came of it.
   *
   * @param refused says of each method that cannot explain a pair why
   */
  record Made(List<Column> columns, List<Verdict> refused) {
    Made {
      columns = List.copyOf(columns);
      refused = List.copyOf(refused);
    }
  }

  ComparedMaps {
    classes = List.copyOf(classes);
    methods = List.copyOf(methods);
    names = List.copyOf(names);
  }

  /**
   * All of them.
   *
   * @param others models beside the first, as people call them
   */
  Made all(List<String> others, Context.Steps steps) {
    double models = 1. + others.size();
    String title = context.explainer().model().title();
    Optional<Answer> answer =
        others.isEmpty() ? Optional.empty() : Optional.of(answer("", title, context, image));
    List<Verdict> refused = new ArrayList<>();
    Context.Steps first = s -> steps.done(s / models);
    List<Column> columns = new ArrayList<>(of(context, image, classes, answer, refused, first));
    for (int i = 0; i < others.size(); i++) {
      int done = i + 1;
      Context.Steps part = s -> steps.done((done + s) / models);
      columns.addAll(ofOther(others.get(i), title, refused, part));
    }
    return new Made(columns, refused);
  }

  private static Answer answer(String model, String title, Context context, ImageInput image) {
    return new Answer(model, title, context.with(Classes.top(1)).predict(image).get(0));
  }

  /**
   * Those of one model, in its own frame.
   *
   * @param refused gets what a method says that cannot explain a pair
   */
  private List<Column> of(
      Context one,
      ImageInput seen,
      List<Prediction> shown,
      Optional<Answer> answer,
      List<Verdict> refused,
      Context.Steps steps) {
    String behind = answer.map(a -> SideBySide.BETWEEN + a.title()).orElse("");
    Classes chosen =
        one.classes().isPair()
            ? one.classes()
            : Classes.chosen(shown.stream().map(Prediction::index).toList());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      double from = (double) i / methods.size();
      MethodVisualization method = new MethodVisualization(methods.get(i));
      Context.Steps share = s -> steps.done(from + s / methods.size());
      Optional<String> not = refusal(method, one.explainer().model(), chosen);
      if (not.isPresent()) {
        Verdict why = new Verdict(names.get(i), not.get());
        if (!refused.contains(why)) { // as a rule for all models alike
          refused.add(why);
        }
        continue;
      }
      try {
        for (Panel panel :
            MethodVisualization.explain(one.with(chosen), method.defaults(), seen, share)
                .panels()) {
          String label = names.get(i) + ", " + panel.label() + behind;
          columns.add(new Column(panel.of(label, answer), methods.get(i).id()));
        }
      } catch (StoppedException | MachineException e) {
        throw e;
      } catch (PicassoException e) {
        context.warn(names.get(i) + behind + ": " + e.getMessage());
      }
    }
    return columns;
  }

  /** Why a method cannot explain a pair; empty where it can, or where none is asked for. */
  private static Optional<String> refusal(MethodVisualization method, Model model, Classes chosen) {
    try {
      method.require(model, method.defaults(), chosen);
      return Optional.empty();
    } catch (PicassoException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The same of another model, brought into the frame of the first.
   *
   * @param first title of that
   */
  private List<Column> ofOther(
      String name, String first, List<Verdict> refused, Context.Steps steps) {
    return context
        .others()
        .use(
            name,
            other -> {
              if (!(image.original() instanceof DecodedImage decoded)) {
                throw new InapplicableException(
                    "The image is there for one model only, so that " + name + " cannot see it.");
              }
              String own = other.model().title();
              String title = own.equals(first) ? own + " (" + name + ")" : own;
              ImageInput seen = other.prepare(decoded);
              Optional<Classes> same = sameClasses(other.model(), title);
              if (same.isEmpty()) {
                return List.<Column>of();
              }
              Context beside = other.context(List.of(seen), same.get(), context);
              return of(
                      beside,
                      seen,
                      beside.predict(seen),
                      Optional.of(answer(name, title, beside, seen)),
                      refused,
                      steps)
                  .stream()
                  .map(c -> new Column(moved(c.panel(), seen, image), c.method()))
                  .toList();
            });
  }

  /**
   * The classes that another model calls the same; of the same numbers where one of the two names
   * none and both have as many. Its most probable one where it has none of them; of a pair it needs
   * both.
   */
  private Optional<Classes> sameClasses(Model other, String title) {
    Model first = context.explainer().model();
    boolean byNumber =
        (first.classes().isEmpty() || other.classes().isEmpty())
            && first.scores().targets() == other.scores().targets();
    List<Integer> same = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Prediction one : classes) {
      Optional<Integer> found =
          byNumber ? Optional.of(one.index()) : CalledClass.find(other, one.label());
      found.ifPresentOrElse(same::add, () -> missing.add(one.label()));
    }
    boolean pair = context.classes().isPair();
    if (!missing.isEmpty()) {
      context.warn(
          title
              + " has no class "
              + missing.stream().map(m -> "\"" + m + "\"").collect(Collectors.joining(", "))
              + (pair
                  ? ", so that it has no map of one class against the other."
                  : same.isEmpty() ? "; its most probable one is explained." : "."));
    }
    if (pair) {
      return missing.isEmpty() ? samePair(other, same, title) : Optional.empty();
    }
    return Optional.of(
        same.isEmpty() ? Classes.top(1) : Classes.chosen(same.stream().distinct().toList()));
  }

  private Optional<Classes> samePair(Model other, List<Integer> same, String title) {
    try {
      Classes pair = Classes.pair(same.get(0), same.get(1));
      pair.require(other);
      return Optional.of(pair);
    } catch (PicassoException e) {
      context.warn(title + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * A map in the frame of the first model. Where both see the same part of the picture, its cells
   * stay as they are.
   */
  private static Panel moved(Panel panel, ImageInput from, ImageInput to) {
    Frame source = from.prepared().frame();
    Frame goal = to.prepared().frame();
    if (seeTheSame(source, goal)) {
      return panel;
    }
    Frame way = source.in(goal);
    HeatMap map = panel.map();
    return panel.with(
        way.toOriginal(
            map, goal.width(), goal.height(), Interpolation.enlargedBy(way.pixelsOfCell(map))));
  }

  private static boolean seeTheSame(Frame one, Frame other) {
    Region a = one.seen();
    Region b = other.seen();
    double close = 1e-6 * Math.max(one.originalWidth(), one.originalHeight());
    return Math.abs(a.left() - b.left()) < close
        && Math.abs(a.top() - b.top()) < close
        && Math.abs(a.right() - b.right()) < close
        && Math.abs(a.bottom() - b.bottom()) < close;
  }
}
