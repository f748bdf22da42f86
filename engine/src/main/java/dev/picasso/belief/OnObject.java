package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Picture;
import dev.picasso.image.segments.Mask;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import dev.picasso.visualization.Illustration;
import dev.picasso.visualization.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Whether a map lies on the object, which a mask or a box tells, and more than a blob in the middle
 * or random numbers do. Of a map of both signs only what is positive counts; of one that does not
 * count from 0, what is above its lowest number.
 *
 * @param tolerance how far beside the object the highest number may be, in pixels of the model's
 *     input; Zhang et al. allow 15 of 224
 * @param k how many of the highest numbers are looked at for top-k intersection; 0 takes 1000 of
 *     224 × 224 pixels, and as large a share of others
 */
@AutoService(Check.class)
public record OnObject(
    @Label(
            value = "Tolerance",
            help = "Pixels beside the object at which the highest number still hits.")
        @Range(min = 0, max = 1000)
        @Suggested({"0", "15"})
        double tolerance,
    @Label(value = "Top", help = "How many of the highest pixels are looked at; 0 is 2 in 100.")
        @Range(min = 0, max = 10_000_000)
        @Suggested({"0", "1000"})
        int k)
    implements Check {
  private static final double USUAL_SHARE = 1000 / (224. * 224);

  /** How much of the picture is seen beside the object in the drawing. */
  private static final float DIMMED = .35f;

  public OnObject() {
    this(0, 0);
  }

  @Override
  public String id() {
    return "object";
  }

  @Override
  public String title() {
    return "On the object";
  }

  @Override
  public String description() {
    return "See whether the map lies where the object is, more than a blob in the middle does.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Arras et al. 2020, CLEVR-XAI: ground truth evaluation of explanations",
            "https://arxiv.org/abs/2003.07258"));
  }

  /** A measure, and how it is said. */
  private record Kind(String name, String words, ToDoubleFunction<Localisation> of) {}

  private List<Kind> kinds(int top) {
    return List.of(
        new Kind("mass", "share of the map's sum on the object", Localisation::mass),
        new Kind(
            "rank", "share of the strongest pixels, as many as the object's", Localisation::rank),
        new Kind("pointing", "the strongest pixel is on it", Localisation::pointing),
        new Kind("top-k", "share of the " + top + " strongest pixels on it", Localisation::top),
        new Kind("auc", "how often a pixel on it beats one beside it", Localisation::auc));
  }

  @Override
  public List<String> measures() {
    return Stream.concat(kinds(0).stream().map(Kind::name), Stream.of("area")).toList();
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    Mask known =
        subject
            .object()
            .orElseThrow(
                () ->
                    new InapplicableException(
                        "It is not known where the object is in "
                            + subject.image().name()
                            + "; give a mask or a box of it."));
    Mask object = ObjectInInput.of(known, subject.image().prepared().frame());
    HeatMap map = positive(subject);
    int top = top(map);
    Localisation found = Localisation.of(map, object, tolerance, top);
    Localisation centre = Localisation.of(blob(map), object, tolerance, top);
    Localisation random = Localisation.ofRandom(object, tolerance);
    List<Measure> measures = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Kind kind : kinds(top)) {
      double value = kind.of().applyAsDouble(found);
      measures.add(Measure.higher(kind.name(), value, "0 to 1"));
      rows.add(
          List.of(
              kind.name(),
              kind.words(),
              text(value),
              text(kind.of().applyAsDouble(centre)),
              text(kind.of().applyAsDouble(random))));
    }
    measures.add(Measure.plain("area", random.mass(), "0 to 1"));
    Table table =
        new Table(
            "Map and object",
            List.of("measure", "what it is", "map", "blob in the middle", "random numbers"),
            rows,
            "how far each lies on the object; 1 is all of it");
    return Finding.of(
        this,
        "on the object",
        answer(found, centre, random),
        words(found, centre, random),
        measures,
        List.of(drawing(subject, map, object), table));
  }

  /** The numbers that speak for the class. */
  private static HeatMap positive(Subject subject) {
    HeatMap map = Strengths.of(subject.method(), subject.map());
    if (map.largest() == 0) {
      throw new InapplicableException(
          "Nothing in the map is positive, so that it points at no place of the picture.");
    }
    return map;
  }

  private int top(HeatMap map) {
    int pixels = map.width() * map.height();
    if (k > pixels) {
      throw new InapplicableException(
          "Top is %d; the model's input has %d pixels.".formatted(k, pixels));
    }
    return k > 0 ? k : (int) Math.max(1, Math.round(USUAL_SHARE * pixels));
  }

  /** exp(−2 d²), where d is the distance from the middle as a share of each half side. */
  private static HeatMap blob(HeatMap like) {
    float[] values = new float[like.width() * like.height()];
    for (int i = 0; i < values.length; i++) {
      int row = i / like.width();
      double x = (2. * (i % like.width()) + 1) / like.width() - 1;
      double y = (2. * row + 1) / like.height() - 1;
      values[i] = (float) Math.exp(-2 * (x * x + y * y));
    }
    return HeatMap.of(like.width(), like.height(), values);
  }

  private static Answer answer(Localisation found, Localisation centre, Localisation random) {
    if (!found.isMoreThan(random)) {
      return Answer.NO;
    }
    return found.isMoreThan(centre) ? Answer.YES : Answer.OPEN;
  }

  private static String words(Localisation found, Localisation centre, Localisation random) {
    String numbers =
        String.format(
            Locale.ROOT,
            "The object takes %.0f %% of what the model sees; %.0f %% of the map's sum is on it (a"
                + " blob in the middle: %.0f %%), and %.0f %% of the strongest pixels (%.0f %%)."
                + " The strongest of all is %s it. ",
            100 * random.mass(),
            100 * found.mass(),
            100 * centre.mass(),
            100 * found.rank(),
            100 * centre.rank(),
            found.pointing() > 0 ? "on" : "beside");
    return numbers
        + switch (answer(found, centre, random)) {
          case YES -> "The map lies on the object.";
          case NO ->
              "By its sum or by its strongest pixels, the map lies on the object no more than"
                  + " random numbers do.";
          case OPEN ->
              "A blob in the middle lies on the object as much, so that this picture does not tell"
                  + " whether the map found it.";
        };
  }

  /** The picture with the object bright, and a square around the highest number. */
  private Illustration drawing(Subject subject, HeatMap map, Mask object) {
    Picture picture = subject.image().prepared().pixels();
    float[] rgb = new float[3 * picture.width() * picture.height()];
    int highest = 0;
    for (int i = 0; i < rgb.length / 3; i++) {
      int x = i % picture.width();
      int y = i / picture.width();
      float share = object.has(i) ? 1 : DIMMED;
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = share * picture.sample(x, y, c);
      }
      highest = map.at(x, y) > map.at(highest % map.width(), highest / map.width()) ? i : highest;
    }
    frame(rgb, picture, highest % picture.width(), highest / picture.width());
    return new Illustration(
        "Where the object is",
        Picture.of(picture.width(), picture.height(), rgb),
        "the object bright, and a square around the strongest pixel of the map");
  }

  private static void frame(float[] rgb, Picture picture, int atX, int atY) {
    int reach = Math.max(2, picture.width() / 40);
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        int x = atX + dx;
        int y = atY + dy;
        boolean edge = Math.max(Math.abs(dx), Math.abs(dy)) == reach;
        if (edge && x >= 0 && y >= 0 && x < picture.width() && y < picture.height()) {
          int at = 3 * (y * picture.width() + x);
          rgb[at] = 255;
          rgb[at + 1] = 40;
          rgb[at + 2] = 40;
        }
      }
    }
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
