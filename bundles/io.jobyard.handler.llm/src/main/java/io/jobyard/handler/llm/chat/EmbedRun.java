// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.JobContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Run of {@code embed_texts}: one batch after the other. */
final class EmbedRun {

    private final JobContext context;
    private final ModelClient client;
    private final EmbedPayload payload;
    private final List<List<String>> batches;
    private final List<EmbeddedBatch> done = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();
    private final CompletableFuture<Map<String, Object>> result = new CompletableFuture<>();
    private @Nullable CompletableFuture<EmbeddedBatch> next;

    EmbedRun(JobContext context, ModelClient client) {
        this.context = context;
        this.client = client;
        payload = context.payload(EmbedPayload.class);
        batches = payload.batches();
    }

    CompletableFuture<Map<String, Object>> begin() {
        goOn();
        return result;
    }

    /** Takes all batches that are done, in a loop, because a later run may find thousands. Waits for the next one without a thread. */
    private void goOn() {
        try {
            while (done.size() < batches.size()) {
                CompletableFuture<EmbeddedBatch> batch = next == null ? ask() : next;
                next = batch;
                if (!batch.isDone()) {
                    batch.whenComplete((given, fault) -> goOn());
                    return;
                }
                take(batch.join());
                next = null;
            }
            result.complete(result());
        } catch (Throwable e) { // the stage reports it
            result.completeExceptionally(e);
        }
    }

    private CompletableFuture<EmbeddedBatch> ask() {
        int number = done.size() + 1;
        return client.embed(context, "batch " + number, payload, batches.get(number - 1))
                .toCompletableFuture();
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
