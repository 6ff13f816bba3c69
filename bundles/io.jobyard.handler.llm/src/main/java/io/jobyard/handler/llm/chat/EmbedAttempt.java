// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.endpoints.ServedModel;
import io.jobyard.handler.llm.tools.Tokenizer;
import io.jobyard.handler.llm.wire.BadAnswerException;
import io.jobyard.handler.llm.wire.TokenUsage;
import io.jobyard.handler.llm.wire.WholeBody;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Requests embeddings of one batch of texts, and settles the usage, whatever the result. */
final class EmbedAttempt implements EndpointCall.Reader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/embeddings";

    private final Endpoint endpoint;
    private final EndpointCall call;
    private final Settlement settlement;
    private final Tokenizer tokenizer;
    private final List<String> texts;
    private final ObjectNode body;
    private final WholeBody whole;

    EmbedAttempt(
            JobContext context,
            Endpoint endpoint,
            ServedModel model,
            EndpointCall call,
            Tokenizer tokenizer,
            List<String> texts) {
        this.endpoint = endpoint;
        this.call = call;
        this.tokenizer = tokenizer;
        this.texts = texts;
        whole = new WholeBody(endpoint.answers().maxBytes());
        settlement = new Settlement(context, endpoint, model);
        body = JSON.createObjectNode().put("model", model.upstream()).put("encoding_format", "float");
        texts.forEach(body.putArray("input")::add);
    }

    CompletableFuture<EmbeddedBatch> run() {
        return call.send(PATH, body, this).thenApply(this::ended);
    }

    @Override
    public void begin(HttpHeaders headers) {
        // the body says everything
    }

    @Override
    public void take(List<ByteBuffer> bytes) {
        whole.take(bytes);
    }

    private EmbeddedBatch ended(@Nullable Throwable fault) {
        if (fault instanceof ModelCallException free) {
            throw free;
        }
        Throwable broken = fault;
        if (EndpointCall.isComplete(fault, whole)) {
            try {
                JsonNode answer = json(whole.text());
                return settled(
                        vectors(answer.path("data")), answer.path("usage").path("prompt_tokens"));
            } catch (BadAnswerException e) {
                broken = e;
            }
        }
        settlement.settleBroken(counted());
        call.tellRemaining();
        throw call.failures.broken(Objects.requireNonNull(broken), false);
    }

    private EmbeddedBatch settled(float[][] vectors, JsonNode told) {
        TokenUsage usage =
                told.canConvertToLong() && told.asLong() >= 0 ? new TokenUsage(told.asLong(), 0, 0) : counted();
        Double cost = settlement.settle(usage);
        call.tellRemaining();
        return new EmbeddedBatch(vectors, usage, cost);
    }

    private static JsonNode json(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json != null && json.path("data").isArray()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // its message quotes the response
        }
        throw new BadAnswerException("it is not a JSON object with data");
    }

    /** Reads the vectors. Each contains the index of its text. */
    private float[][] vectors(JsonNode data) {
        float[][] vectors = new float[texts.size()][];
        int position = 0;
        for (JsonNode one : data) {
            int index = one.path("index").asInt(position++);
            JsonNode numbers = one.path("embedding");
            if (index < 0 || index >= vectors.length || !numbers.isArray()) {
                throw new BadAnswerException("its data are not embedding vectors");
            }
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = numbers.get(i).floatValue();
            }
            vectors[index] = vector;
        }
        for (float[] vector : vectors) {
            if (vector == null) {
                throw new BadAnswerException("the number of vectors differs from the number of texts");
            }
        }
        return vectors;
    }

    private TokenUsage counted() {
        return new TokenUsage(texts.stream().mapToLong(tokenizer::count).sum(), 0, 0);
    }
}
