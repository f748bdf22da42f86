/**
 * Which pixels the cells of a layer see, from the strides, sizes and paddings of the windows that
 * lead to it. Araujo, Norris and Sim 2019, Computing Receptive Fields of Convolutional Neural
 * Networks, Distill.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.model.receptive;
