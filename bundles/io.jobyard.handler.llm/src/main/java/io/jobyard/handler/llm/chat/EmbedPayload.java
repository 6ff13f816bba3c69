// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Texts to embed.
 *
 * @param endpoint name of the endpoint; null for the first one, by name, that serves the model
 * @param model name of the model, as in the endpoint's {@code models}
 * @param texts texts to embed, at least one
 * @param batch number of texts per call; null for 64
 */
record EmbedPayload(
        @Nullable String endpoint,
        String model,
        List<String> texts,
        @Nullable Integer batch) {

    private static final int USUAL_BATCH = 64;

    /** Returns the required calls, in order. */
    List<List<String>> batches() {
        int size = batch == null ? USUAL_BATCH : batch;
        return IntStream.range(0, (texts.size() + size - 1) / size)
                .mapToObj(each -> texts.subList(each * size, Math.min(texts.size(), (each + 1) * size)))
                .toList();
    }
}
