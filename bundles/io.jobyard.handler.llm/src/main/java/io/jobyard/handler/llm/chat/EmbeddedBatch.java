// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.handler.llm.wire.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Result of a call of {@code embed_texts}. A step stores it.
 *
 * @param vectors vectors of the texts, in their order
 * @param usage usage of the call
 * @param cost cost in USD; null if the endpoint has no price for the model
 */
record EmbeddedBatch(
        float[][] vectors, TokenUsage usage, @Nullable Double cost) {}
