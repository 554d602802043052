package dev.qkv.nn;

import dev.qkv.attention.Attention;
import dev.qkv.nn.layer.Activation;
import dev.qkv.nn.layer.AttentionSettings;
import dev.qkv.nn.layer.BlockSettings;
import dev.qkv.nn.layer.FeedForward;
import dev.qkv.nn.layer.FeedForwardSettings;
import dev.qkv.nn.layer.NormKind;
import dev.qkv.nn.layer.NormPlace;
import dev.qkv.nn.layer.Rotary;
import dev.qkv.ops.Rope;
import java.util.List;

/** Settings of new layers that cannot be. */
final class SettingsMisuse {
  private static final Rotary ROTARY = new Rotary(Rope.INTERLEAVED, 10000);

  private SettingsMisuse() {}

  static List<Misuse> calls() {
    return List.of(
        new Misuse(
            "AttentionSettings/8",
            "multi-head attention: width, expected 1 or more, got 0",
            () -> new AttentionSettings(0, 6, 6, 2, 2, Attention.plain(), null, true)),
        new Misuse(
            "AttentionSettings.of/2",
            "multi-head attention: query has width 6, expected a multiple of its heads, got 4",
            () -> AttentionSettings.of(6, 4)),
        new Misuse(
            "AttentionSettings.of/2",
            "multi-head attention: heads, expected 1 or more, got -1",
            () -> AttentionSettings.of(6, -1)),
        new Misuse(
            "AttentionSettings.from/2",
            "multi-head attention: keyWidth, expected 1 or more, got 0",
            () -> AttentionSettings.of(6, 2).from(0, 5)),
        new Misuse(
            "AttentionSettings.from/2",
            "multi-head attention: valueWidth, expected 1 or more, got -5",
            () -> AttentionSettings.of(6, 2).from(4, -5)),
        new Misuse(
            "AttentionSettings.kvHeads/1",
            "multi-head attention: heads, expected a multiple of kvHeads, 2, got 3",
            () -> AttentionSettings.of(6, 3).kvHeads(2)),
        new Misuse(
            "AttentionSettings.dropout/1",
            "multi-head attention: dropout, expected from 0 to below 1, got 1.0",
            () -> AttentionSettings.of(6, 2).dropout(1)),
        new Misuse(
            "AttentionSettings.rotary/1",
            "multi-head attention: rotary positions, expected an even headDim, got 3",
            () -> AttentionSettings.of(6, 2).rotary(ROTARY)),
        new Misuse(
            "FeedForwardSettings/5",
            "feed-forward: dropout, expected from 0 to below 1, got NaN",
            () -> new FeedForwardSettings(6, 9, Activation.RELU, Float.NaN, true)),
        new Misuse(
            "FeedForwardSettings.of/2",
            "feed-forward: width, expected 1 or more, got 0",
            () -> FeedForwardSettings.of(0, 9)),
        new Misuse(
            "FeedForwardSettings.of/2",
            "feed-forward: innerWidth, expected 1 or more, got -9",
            () -> FeedForwardSettings.of(6, -9)),
        new Misuse(
            "FeedForwardSettings.dropout/1",
            "feed-forward: dropout, expected from 0 to below 1, got -0.5",
            () -> FeedForwardSettings.of(6, 9).dropout(-0.5f)),
        new Misuse(
            "FeedForward.create/2",
            "parameters: inner.weight is there already, expected a name of its own",
            () -> {
              Parameters parameters = new Parameters(1);
              FeedForward.create(parameters, FeedForwardSettings.of(6, 9));
              FeedForward.create(parameters, FeedForwardSettings.of(6, 9));
            }),
        new Misuse(
            "BlockSettings/5",
            "block: feedForward has width 8, expected 6 because attention has width 6",
            () -> settings(AttentionSettings.of(6, 2), FeedForwardSettings.of(8, 9), 0)),
        new Misuse(
            "BlockSettings/5",
            "block: attention.key has width 5, expected 6 because attention has width 6",
            () -> settings(AttentionSettings.of(6, 2).from(5, 6), FeedForwardSettings.of(6, 9), 0)),
        new Misuse(
            "BlockSettings/5",
            "block: attention.value has width 5, expected 6 because attention has width 6",
            () -> settings(AttentionSettings.of(6, 2).from(6, 5), FeedForwardSettings.of(6, 9), 0)),
        new Misuse(
            "BlockSettings/5",
            "block: dropout, expected from 0 to below 1, got 1.0",
            () -> settings(AttentionSettings.of(6, 2), FeedForwardSettings.of(6, 9), 1)),
        new Misuse(
            "BlockSettings.of/3",
            "feed-forward: innerWidth, expected 1 or more, got 0",
            () -> BlockSettings.of(6, 2, 0)),
        new Misuse(
            "BlockSettings.kvHeads/1",
            "multi-head attention: kvHeads, expected 1 or more, got 0",
            () -> BlockSettings.of(6, 2, 9).kvHeads(0)),
        new Misuse(
            "BlockSettings.rotary/1",
            "multi-head attention: rotary positions, expected an even headDim, got 3",
            () -> BlockSettings.of(6, 2, 9).rotary(ROTARY)),
        new Misuse(
            "BlockSettings.dropout/1",
            "multi-head attention: dropout, expected from 0 to below 1, got 2.0",
            () -> BlockSettings.of(6, 2, 9).dropout(2)));
  }

  private static BlockSettings settings(
      AttentionSettings attention, FeedForwardSettings feedForward, float dropout) {
    return new BlockSettings(attention, feedForward, NormKind.LAYER, NormPlace.PRE, dropout);
  }
}
