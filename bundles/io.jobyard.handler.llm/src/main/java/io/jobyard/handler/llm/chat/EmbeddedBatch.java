// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.handler.llm.wire.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * What a call of {@code embed_texts} has given. A step stores it.
 *
 * @param vectors of the texts, in their order
 * @param usage what it has used
 * @param cost in usd; null if the endpoint has no price for the model
 */
record EmbeddedBatch(
        float[][] vectors, TokenUsage usage, @Nullable Double cost) {}
