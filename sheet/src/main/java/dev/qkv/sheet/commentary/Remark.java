package dev.qkv.sheet.commentary;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.term.Quantity;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something worth knowing that makes no answer right or wrong.
 *
 * @param about the given that it is about, if it is about one
 * @param line the line of the answer that it is about, if it is about one
 * @param message what is said
 */
public record Remark(Optional<Quantity> about, OptionalInt line, Message message) {}
