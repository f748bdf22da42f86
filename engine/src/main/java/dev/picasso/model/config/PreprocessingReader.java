package dev.picasso.model.config;

import dev.picasso.image.ColourMode;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Layout;
import dev.picasso.image.Preset;
import dev.picasso.image.ResizeFilter;
import dev.picasso.model.config.PreprocessingSettings.Crop;
import dev.picasso.model.config.PreprocessingSettings.Resize;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads {@code preprocessing:}. */
final class PreprocessingReader {
  private static final int LARGEST_SIDE = 16_384;
  private static final String SIZES =
      "a size HEIGHTxWIDTH such as 224x224, sides between 1 and " + LARGEST_SIDE;

  private PreprocessingReader() {}

  static PreprocessingSettings read(Section section, UserClasses classes) {
    PreprocessingSettings read =
        new PreprocessingSettings(
            section.entry("class").flatMap(e -> custom(e, classes)),
            section.entry("preset").flatMap(e -> e.oneOf(Preset.class)),
            section.entry("color").flatMap(e -> e.oneOf(ColourMode.class)),
            section.entry("layout").flatMap(PreprocessingReader::layout),
            section.entry("resize").flatMap(PreprocessingReader::resize).orElse(none().resize()),
            section.entry("crop").flatMap(PreprocessingReader::crop).orElse(none().crop()),
            section.entry("pad").flatMap(e -> e.whole(0, 255)),
            section.entry("filter").flatMap(e -> e.oneOf(ResizeFilter.class)),
            section.entry("antialias").flatMap(Entry::flag),
            section.entry("scale").flatMap(PreprocessingReader::notZero),
            section.entry("offset").flatMap(Entry::number),
            section.entry("mean").map(e -> numbers(e, false)).orElse(List.of()),
            section.entry("std").map(e -> numbers(e, true)).orElse(List.of()),
            section.entry("assumed").flatMap(Entry::flag).orElse(false));
    section.finish();
    checkTogether(section, read);
    return read;
  }

  private static PreprocessingSettings none() {
    return PreprocessingSettings.none();
  }

  private static Optional<ImagePreprocessor> custom(Entry entry, UserClasses classes) {
    return entry.text().flatMap(name -> classes.create(entry, name, ImagePreprocessor.class));
  }

  /** Keys that contradict one another. */
  private static void checkTogether(Section section, PreprocessingSettings read) {
    if (read.custom().filter(c -> !read.equals(PreprocessingSettings.by(c))).isPresent()) {
      section.wrong("the class does all of it; leave the other keys out.");
    }
    if (read.margin().isPresent() && !(read.crop() instanceof Crop.None)) {
      section.wrong("an image is either cropped or padded; leave out crop or pad.");
    }
    if (read.resize() instanceof Resize.To && !(read.crop() instanceof Crop.None)) {
      section.wrong(
          "resize before a crop is one number, what the shorter side becomes, as in resize: 256.");
    }
    if (read.resize() instanceof Resize.ShorterSide && read.crop() instanceof Crop.None) {
      section.wrong(
          "resize with one number is what the shorter side becomes; add crop: center, or write the"
              + " size as HEIGHTxWIDTH.");
    }
  }

  private static Optional<Layout> layout(Entry entry) {
    Map<String, Optional<Layout>> words =
        Map.of(
            "auto", Optional.empty(),
            "nhwc", Optional.of(Layout.NHWC),
            "nchw", Optional.of(Layout.NCHW));
    return entry.oneOf(words).flatMap(layout -> layout);
  }

  private static Optional<Resize> resize(Entry entry) {
    return entry.parsed(
        SIZES + ", or one number for the shorter side",
        text ->
            Units.whole(text)
                .filter(n -> n >= 1 && n <= LARGEST_SIDE)
                .<Resize>map(n -> new Resize.ShorterSide(n.intValue()))
                .or(() -> size(text, Resize.To::new)));
  }

  private static Optional<Crop> crop(Entry entry) {
    return entry.parsed(
        "none, center, or " + SIZES,
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "none" -> Optional.of(new Crop.None());
              case "center" -> Optional.of(new Crop.Center());
              default -> size(text, Crop.To::new);
            });
  }

  private static <T> Optional<T> size(String text, BiFunction<Integer, Integer, T> make) {
    String[] sides = text.split(" *[x×] *", -1);
    if (sides.length != 2) {
      return Optional.empty();
    }
    return side(sides[0]).flatMap(h -> side(sides[1]).map(w -> make.apply(h, w)));
  }

  private static Optional<Integer> side(String text) {
    return Units.whole(text).filter(n -> n >= 1 && n <= LARGEST_SIDE).map(Long::intValue);
  }

  private static Optional<Double> notZero(Entry entry) {
    return entry.parsed(
        "a number or a fraction such as 1/255, not zero",
        text -> Units.number(text).filter(n -> n != 0));
  }

  /** One number, or one for each channel. */
  private static List<Double> numbers(Entry entry, boolean divisors) {
    List<Entry> items = entry.items();
    if (items.isEmpty() || items.size() > 4 || items.size() == 2) {
      entry.mustBe("one number, or a list of one for each of three or four channels");
      return List.of();
    }
    return items.stream().flatMap(e -> (divisors ? notZero(e) : e.number()).stream()).toList();
  }
}
