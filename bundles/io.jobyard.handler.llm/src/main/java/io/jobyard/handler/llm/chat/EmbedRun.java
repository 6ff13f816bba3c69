// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.AsyncRounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Run of {@code embed_texts}: one batch after the other. */
final class EmbedRun {

    private final JobContext context;
    private final ModelClient client;
    private final EmbedPayload payload;
    private final List<List<String>> batches;
    private final List<EmbeddedBatch> done = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();

    EmbedRun(JobContext context, ModelClient client, EmbedPayload payload) {
        this.context = context;
        this.client = client;
        this.payload = payload;
        batches = payload.batches();
    }

    CompletableFuture<Map<String, Object>> begin() {
        return AsyncRounds.begin(this::round);
    }

    private CompletionStage<Optional<Map<String, Object>>> round() {
        int number = done.size() + 1;
        return number > batches.size()
                ? CompletableFuture.completedFuture(Optional.of(result()))
                : client.embed(context, "batch " + number, payload, batches.get(number - 1))
                        .thenApply(batch -> {
                            take(batch);
                            return Optional.empty();
                        });
    }

    private void take(EmbeddedBatch given) {
        vectors.addAll(List.of(given.vectors()));
        if (done.isEmpty()) {
            requireRoom();
        }
        done.add(given);
        context.progress(vectors.size(), payload.texts().size(), "texts");
    }

    /** Fails before further calls are paid if the result would become too large. All vectors have a similar size. */
    private void requireRoom() {
        List<float[]> all = new ArrayList<>(vectors);
        while (all.size() < payload.texts().size()) {
            all.add(vectors.get(all.size() % vectors.size()));
        }
        context.result(Map.of("embeddings", all));
    }

    private Map<String, Object> result() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("embeddings", vectors);
        all.put("model", payload.model());
        CallCost spent = CallCost.sum(done.stream()
                .map(batch -> new CallCost(batch.usage(), batch.cost()))
                .toList());
        all.put("usage", spent.usage());
        if (spent.cost() != null) {
            all.put("cost", spent.cost());
        }
        return all;
    }
}
