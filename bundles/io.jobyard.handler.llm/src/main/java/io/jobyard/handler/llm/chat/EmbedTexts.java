// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.RunInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Handler that requests the vectors of texts from a model, in batches. Each batch is a step. */
@Component
@HandlesJob(
        value = EmbedTexts.TYPE,
        timeout = 600,
        description = "Returns embedding vectors of texts, computed by an embedding model.")
public final class EmbedTexts implements JobHandler {

    static final String TYPE = "embed_texts";

    private final ModelClient client;

    @Activate
    public EmbedTexts(@Reference ModelClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        EmbedPayload payload = context.payload(EmbedPayload.class);
        List<EmbeddedBatch> done = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (List<String> batch : payload.batches()) {
            EmbeddedBatch given = client.embed(context, "batch " + (done.size() + 1), payload, batch);
            vectors.addAll(List.of(given.vectors()));
            if (done.isEmpty()) {
                requireRoom(context, payload, vectors);
            }
            done.add(given);
            context.progress(vectors.size(), payload.texts().size(), "texts");
        }
        return result(payload, vectors, done);
    }

    /** Fails before further calls are paid if the result would become too large. All vectors have a similar size. */
    private static void requireRoom(RunInput context, EmbedPayload payload, List<float[]> first) {
        List<float[]> all = new ArrayList<>(first);
        while (all.size() < payload.texts().size()) {
            all.add(first.get(all.size() % first.size()));
        }
        context.result(Map.of("embeddings", all));
    }

    private static Map<String, Object> result(EmbedPayload payload, List<float[]> vectors, List<EmbeddedBatch> done) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("embeddings", vectors);
        result.put("model", payload.model());
        CallCost spent = CallCost.sum(done.stream()
                .map(batch -> new CallCost(batch.usage(), batch.cost()))
                .toList());
        result.put("usage", spent.usage());
        if (spent.cost() != null) {
            result.put("cost", spent.cost());
        }
        return result;
    }
}
