package dev.picasso.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.perturbation.WhatIf;
import dev.picasso.image.Boxes;
import dev.picasso.image.Window;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picasso what-if}: what a model says of images with a box of them hidden. */
@Command(
    name = "what-if",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints the most probable classes of images before and after a box is hidden.",
      "Of several boxes each is hidden alone. A class that becomes the most probable one is shown"
          + " too. Boxes are in pixels of the picture; the model's input is covered where the box"
          + " lies in it."
    },
    footer = {
      "",
      "Exit code: 0 if every image has its result, 2 if some have not or something given was wrong,"
          + " 1 for a fault in Picasso."
    })
final class WhatIfCommand implements Callable<Integer> {
  @Mixin private ImageArguments given = new ImageArguments();

  @Option(
      names = "--box",
      required = true,
      paramLabel = "LEFT,TOP,WIDTH,HEIGHT",
      description = "What is hidden, in pixels of the picture; once for each box.")
  private List<String> boxes = new ArrayList<>();

  @Option(
      names = "--fill",
      paramLabel = "FILL",
      description =
          "What hides: grey, black, white, mean (of the picture), blur or noise; or a number as the"
              + " model is fed with it. Default: ${DEFAULT-VALUE}.")
  private String fill = "grey";

  @Mixin private TopOption top = new TopOption();

  @Option(names = "--json", description = "Prints JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What was told of one image. */
  private record Told(ImageInput image, Predictions before, List<Predictions> after) {}

  @Override
  public Integer call() throws JsonProcessingException {
    List<Window> hidden = boxes.stream().map(Boxes::parse).toList();
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table();
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    boolean failed = false;
    try (ReadyModel model = given.ready()) {
      List<Path> files = given.files(model.configured());
      given.printNotes(model, err);
      int shown = top.of(model.configured());
      boolean probabilities = model.model().scores().areProbabilities();
      for (GivenImage file : GivenImage.all(files)) {
        try {
          Told told = told(model, file, hidden);
          if (table.isEmpty()) {
            String noun = probabilities ? "probability" : "value";
            String kind = model.model().tellsNumbers() ? "output" : "class";
            table.row("image", "box", noun, "hidden", "change", kind, "label");
          }
          all.add(add(model, told, hidden, shown, table));
        } catch (MachineException e) {
          throw e;
        } catch (PicassoException e) {
          String problem = String.valueOf(e.getMessage());
          all.addObject().put("image", file.name()).put("problem", problem);
          err.println(problem.contains(file.name()) ? problem : file.name() + ": " + problem);
          failed = true;
        }
      }
    }
    if (json) {
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      whole.put("fill", fill).set("images", all);
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(whole));
    } else {
      table.print(out);
    }
    out.flush();
    return failed ? ExitCode.USAGE : ExitCode.OK;
  }

  private Told told(ReadyModel model, GivenImage file, List<Window> hidden) {
    ImageInput image = model.prepare(file.read(new Stop()).image());
    List<Window> seen = new ArrayList<>();
    for (Window box : hidden) {
      Boxes.requireInside(box, image.name(), image.original().width(), image.original().height());
      Window of = Boxes.seen(box, image.prepared().frame());
      if (of.width() == 0) {
        throw new PicassoException(
            "%s: the model sees nothing of the box %s, which lies where the picture is cut off."
                .formatted(image.name(), Boxes.words(box)));
      }
      seen.add(of);
    }
    Images x = Images.of(image.prepared().x(), model.input().preprocessor());
    WhatIf whatIf = WhatIf.of(model.explainer(), x, fill, 0);
    return new Told(image, whatIf.before(), seen.stream().map(whatIf::hiding).toList());
  }

  private static ObjectNode add(
      ReadyModel model, Told told, List<Window> hidden, int shown, Table table) {
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("image", told.image().name());
    ArrayNode boxes = result.putArray("boxes");
    for (int i = 0; i < hidden.size(); i++) {
      Predictions before = told.before();
      Predictions after = told.after().get(i);
      Window box = hidden.get(i);
      Set<Integer> classes = new LinkedHashSet<>(before.told(model.model(), 0, shown));
      classes.addAll(after.told(model.model(), 0, 1));
      ObjectNode one = boxes.addObject();
      one.putObject("box")
          .put("left", box.left())
          .put("top", box.top())
          .put("width", box.width())
          .put("height", box.height());
      ArrayNode rows = one.putArray("classes");
      for (int target : classes) {
        float was = before.probability(0, target);
        float is = after.probability(0, target);
        String label = model.model().label(target);
        table.row(
            told.image().name(),
            Boxes.words(box),
            Table.number(was),
            Table.number(is),
            signed(is - was),
            String.valueOf(target),
            label);
        ObjectNode row = rows.addObject().put("index", target).put("label", label);
        row.set("probability", ResultJson.value((double) was));
        row.set("hidden", ResultJson.value((double) is));
        row.set("score", ResultJson.value((double) before.score(0, target)));
        row.set("hiddenScore", ResultJson.value((double) after.score(0, target)));
      }
    }
    return result;
  }

  private static String signed(double change) {
    String number = Table.number(Math.abs(change));
    return number.equals("0.000") ? number : (change < 0 ? "-" : "+") + number;
  }
}
