package dev.qkv.nn.layer;

/** What makes a feed-forward network more than a linear map. */
public sealed interface Nonlinearity permits Activation, Gate {}
