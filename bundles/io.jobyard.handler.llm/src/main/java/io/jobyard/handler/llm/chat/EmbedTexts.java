// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Handler that requests the vectors of texts from a model, in batches. Each batch is a step. It holds no thread while it waits. */
@Component
@HandlesJob(
        value = EmbedTexts.TYPE,
        timeout = 600,
        description = "Returns embedding vectors of texts, computed by an embedding model.")
public final class EmbedTexts implements TypedAsyncJobHandler<EmbedPayload, Map<String, Object>> {

    static final String TYPE = "embed_texts";

    private final ModelClient client;

    @Activate
    public EmbedTexts(@Reference ModelClient client) {
        this.client = client;
    }

    @Override
    public CompletionStage<Map<String, Object>> handle(EmbedPayload payload, JobContext context) {
        return new EmbedRun(context, client, payload).begin();
    }
}
