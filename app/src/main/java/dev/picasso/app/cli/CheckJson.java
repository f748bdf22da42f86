package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.attribution.Attribution;
import dev.picasso.belief.Finding;
import dev.picasso.belief.Measure;
import dev.picasso.belief.evaluation.Evaluation;
import dev.picasso.belief.evaluation.SummaryFiles;
import dev.picasso.run.Judged;
import dev.picasso.run.Provenance;
import dev.picasso.run.ProvenanceJson;
import dev.picasso.run.ResultsWriter;
import dev.picasso.visualization.ResultJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** All of it as JSON: how it was made, map after map, and what all of them say. */
final class CheckJson implements CheckPrinter {
  private final CheckWords words;
  private final PrintWriter out;
  private final ResultsWriter writer;

  CheckJson(Provenance provenance, CheckWords words, PrintWriter out) throws IOException {
    this.words = words;
    this.out = out;
    this.writer = ResultsWriter.to(out, ProvenanceJson.of(provenance));
  }

  @Override
  public void judged(Judged judged) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("image", judged.image()).put("sha256", judged.sha256());
    json.putObject("class")
        .put("index", judged.about().index())
        .put("label", judged.about().label())
        .put("probability", judged.about().probability());
    json.put("method", words.of(judged.method()));
    json.put("summary", judged.judgement().summary());
    ArrayNode checks = json.putArray("checks");
    List<Finding> findings = judged.judgement().findings();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      ObjectNode check =
          checks
              .addObject()
              .put("check", words.of(judged.checks().get(i)))
              .put("claim", finding.claim())
              .put("answer", finding.answer().toString())
              .put("words", finding.words());
      ArrayNode measures = check.putArray("measures");
      for (Measure m : finding.measures()) {
        ObjectNode measure = measures.addObject().put("name", m.name());
        measure.set("value", ResultJson.value(m.value()));
        measure.put("better", m.better().toString()).put("range", m.range());
      }
    }
    if (!judged.warnings().isEmpty()) {
      judged.warnings().forEach(json.putArray("warnings")::add);
    }
    write(json);
  }

  @Override
  public void finished(int index) {}

  @Override
  public void failed(int index, String image, Optional<Attribution> method, String problem) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("image", image);
    method.ifPresent(m -> json.put("method", words.of(m)));
    write(json.put("problem", problem));
  }

  private void write(ObjectNode json) {
    try {
      writer.image(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a PrintWriter there is none
    }
  }

  @Override
  public void end(Evaluation evaluation, Requirements required) throws IOException {
    ObjectNode json = SummaryFiles.json(evaluation);
    ArrayNode unmet = json.putArray("unmet");
    for (Requirements.Unmet one : required.unmet()) {
      ObjectNode entry =
          unmet
              .addObject()
              .put("image", one.row().image())
              .put("method", one.row().method())
              .put("measure", one.row().name());
      entry.set("value", ResultJson.value(one.row().value()));
      entry.put("required", one.requirement().toString());
    }
    json.put("unmetCount", required.count());
    writer.end(json);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
    out.flush();
  }
}
