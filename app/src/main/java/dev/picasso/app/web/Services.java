package dev.picasso.app.web;

import dev.picasso.app.web.state.ImageStore;
import dev.picasso.app.web.state.Library;
import dev.picasso.app.web.state.Limits;
import dev.picasso.app.web.state.ModelLoading;
import dev.picasso.app.web.state.Pulls;
import dev.picasso.app.web.state.Runner;
import dev.picasso.app.web.state.TimeLimit;
import dev.picasso.app.web.state.Warming;
import dev.picasso.visualization.Visualizations;

/**
 * What routes work with.
 *
 * @param pages about methods
 * @param people whose request it is
 * @param history runs, also those that are kept
 * @param maxUpload bytes of one image
 * @param longest that a piece of work may take
 */
record Services(
    String title,
    Library library,
    ModelLoading loading,
    Visualizations visualizations,
    MethodPages pages,
    People people,
    ImageStore images,
    RunHistory history,
    Runner runner,
    Warming warming,
    Pulls pulls,
    Limits limits,
    long maxUpload,
    TimeLimit longest) {}
