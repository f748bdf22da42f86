package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.Examination;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.doctor.Diagnosis;
import dev.picasso.doctor.DiagnosisJson;
import dev.picasso.doctor.Doctor;
import dev.picasso.doctor.Specimen;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.Model;
import dev.picasso.visualization.ReadyModel;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/** The doctor, who is asked which input a network was trained on. */
final class DoctorRoutes {
  private static final int MOST_LISTENERS = 20;
  private static final int MOST_OF_ADDRESS = 4;
  private static final String BUSY = "The doctor is busy with other models; ask again in a moment.";

  /** Who has gone is found out by writing to them; the work goes on so long at most. */
  private static final long BEAT = 250;

  private static final long PATIENCE_SECONDS = 10;

  private final Services services;
  private final EventStreams streams = new EventStreams(MOST_LISTENERS, MOST_OF_ADDRESS, BUSY);

  /** The doctor keeps all cores busy; one patient at a time. */
  private final Semaphore surgery = new Semaphore(1, true);

  DoctorRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/models/{id}/doctor",
            "Which input the network was trained on, by images of this session, and what else is"
                + " wrong; how far it is, too, where text/event-stream is accepted.",
            Body.json("DoctorOrder"),
            Body.json("Diagnosis"),
            this::doctor));
  }

  private void doctor(Context context) throws InterruptedException {
    ObjectNode body = Json.body(context);
    Json.requireNames(body, List.of("images"));
    Session session = services.people().session(context);
    ServedModel model = ModelRoutes.find(services, session, context.pathParam("id"));
    Patient patient = new Patient(model, ImageRoutes.named(session, body, session.images()));
    if (ErrorAnswers.isAccepted(context, "text/event-stream")) {
      streams.stream(context, out -> tell(out, patient));
    } else {
      answer(context, patient);
    }
  }

  /** Who is examined, and by which images. */
  private record Patient(ServedModel model, List<StoredImage> images) {}

  /** A model that is still on its way keeps nobody waiting who asks about another. */
  private static void awaitModel(ServedModel model, Stop stop) throws InterruptedException {
    model.await(Duration.ofMillis(BEAT));
    while (model.state() == ServedModel.State.LOADING) {
      stop.check();
      model.await(Duration.ofMillis(BEAT));
    }
  }

  /** Who takes JSON alone waits for it. A model is there before it takes a turn. */
  private void answer(Context context, Patient patient) throws InterruptedException {
    awaitModel(patient.model(), new Stop());
    Examination.Status end;
    try {
      end = patient.model().use(ready -> admitted(ready, patient));
    } catch (PicassoException e) { // there is no such model to examine
      throw new HttpProblem(422, String.valueOf(e.getMessage()));
    }
    Json.send(
        context,
        DiagnosisJson.of(
            end.found().orElseThrow(() -> new HttpProblem(422, end.problem().orElse(BUSY)))));
  }

  private Examination.Status admitted(ReadyModel ready, Patient patient) {
    try {
      if (!surgery.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new HttpProblem(429, BUSY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpProblem(503, "Picasso is being stopped.");
    }
    try {
      Examination examination = new Examination();
      examination.run((stop, progress) -> diagnosis(ready, patient, stop, progress));
      return examination.status();
    } finally {
      surgery.release();
    }
  }

  /** Work that nobody waits for any more ends. */
  private void tell(EventStreams.Out out, Patient patient)
      throws IOException, InterruptedException {
    Examination examination = new Examination();
    Thread thread =
        new Thread(
            () -> examination.run((stop, progress) -> inTurn(patient, stop, progress)),
            "picasso-doctor");
    thread.setDaemon(true);
    thread.start();
    try {
      tell(out, examination);
    } finally {
      examination.stop();
    }
  }

  private Diagnosis inTurn(Patient patient, Stop stop, DoubleConsumer progress) {
    try {
      awaitModel(patient.model(), stop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
    return patient.model().use(ready -> inTurn(ready, patient, stop, progress));
  }

  private Diagnosis inTurn(ReadyModel ready, Patient patient, Stop stop, DoubleConsumer progress) {
    try {
      while (!surgery.tryAcquire(BEAT, TimeUnit.MILLISECONDS)) {
        stop.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
    try {
      stop.check();
      return diagnosis(ready, patient, stop, progress);
    } finally {
      surgery.release();
    }
  }

  private static void tell(EventStreams.Out out, Examination examination)
      throws IOException, InterruptedException {
    Examination.Status status = examination.status();
    while (status.state() == Examination.State.RUNNING) {
      out.event("progress", Json.object().put("progress", status.progress()));
      examination.awaitEnd(EventStreams.PACE);
      Examination.Status next = examination.awaitChange(status.version(), BEAT);
      while (next.version() == status.version()) {
        out.beat();
        next = examination.awaitChange(status.version(), BEAT);
      }
      status = next;
    }
    if (status.found().isPresent()) {
      out.event("diagnosis", DiagnosisJson.of(status.found().get()));
    } else {
      out.event("problem", Json.object().put("message", status.problem().orElse("Stopped.")));
    }
  }

  private Diagnosis diagnosis(
      ReadyModel ready, Patient patient, Stop stop, DoubleConsumer progress) {
    if (!(ready.input().preprocessor() instanceof Preprocessor way)) {
      throw new PicassoException(
          "The images of this model are prepared by a class, which the doctor cannot change.");
    }
    return services
        .longest()
        .within(
            stop,
            () ->
                new Doctor(ready.model(), ready.held().tensors(), ready.options(), stop)
                    .examine(way.settings(), specimens(ready, patient), progress));
  }

  /** The images with what they truly show, else samples of the model. */
  private List<Specimen> specimens(ReadyModel ready, Patient patient) {
    Model classes = ready.model();
    return patient.images().isEmpty()
        ? patient.model().configured().images().stream()
            .map(
                file ->
                    new Specimen(
                        () -> services.images().decoder().decode(file), OptionalInt.empty()))
            .toList()
        : patient.images().stream()
            .map(
                image ->
                    Specimen.called(() -> services.images().decode(image), image.label(), classes))
            .toList();
  }
}
