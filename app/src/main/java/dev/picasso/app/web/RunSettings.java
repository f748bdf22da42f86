package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.PicassoException;
import dev.picasso.run.ClassesJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What tells runs of one model and one method apart: the settings that are not as they come, and
 * which classes were asked for; and how many images failed. Kept runs do not change, so each is
 * read once.
 */
final class RunSettings {
  /** More are forgotten, and read again. */
  private static final int MOST = 2000;

  private final RunHistory history;
  private final Map<String, Told> known = new ConcurrentHashMap<>();

  RunSettings(RunHistory history) {
    this.history = history;
  }

  /**
   * What is told of a run.
   *
   * @param words the settings, as in "layer conv4, 50 samples"; empty where all is as it comes
   * @param failed how many of its images have no results, but the reason
   */
  record Told(String words, int failed) {
    private static final Told NOTHING = new Told("", 0);
  }

  /** What there is to tell of the run of that id. */
  Told of(String id) {
    if (known.size() > MOST) {
      known.clear();
    }
    return known.computeIfAbsent(id, this::read);
  }

  private Told read(String id) {
    try {
      return history.kept(id).map(RunSettings::told).orElse(Told.NOTHING);
    } catch (PicassoException e) {
      return Told.NOTHING; // its page says what is wrong with it
    }
  }

  private static Told told(StoredRun run) {
    return new Told(words(run), run.json().path("failed").size());
  }

  private static String words(StoredRun run) {
    JsonNode asked = run.order();
    List<String> words = new ArrayList<>();
    for (JsonNode setting : run.visualization().path("settings")) {
      String value = asked.path("settings").path(setting.path("name").asText()).asText();
      if (!value.isEmpty() && !value.equals(setting.path("initial").asText())) {
        words.add(
            setting.path("label").asText().toLowerCase(Locale.ROOT)
                + " "
                + value.replace('-', ' '));
      }
    }
    JsonNode inputs = asked.path("inputs");
    if (inputs.isArray()) {
      words.add("inputs " + texts(inputs));
    } else if (inputs.isTextual()) {
      words.add("all inputs");
    }
    JsonNode classes = asked.path("classes");
    if (classes.isObject()) {
      words.add(
          classes.path(ClassesJson.OF).asText()
              + " against "
              + classes.path(ClassesJson.AGAINST).asText());
    } else if (classes.isArray()) {
      words.add("classes " + texts(classes));
    } else if (classes.isTextual()) {
      words.add("true labels");
    } else if (asked.path("top").asInt() != usualTop(run)) {
      int top = asked.path("top").asInt();
      words.add(top + (top == 1 ? " class" : " classes"));
    }
    return String.join(", ", words);
  }

  /** How many classes are shown where nobody says: as the method does, else the model. */
  private static int usualTop(StoredRun run) {
    return run.visualization().path("top").asInt(run.model().path("top").asInt());
  }

  private static String texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }
}
