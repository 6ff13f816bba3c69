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
import io.jobyard.handler.llm.wire.AnswerTooLargeException;
import io.jobyard.handler.llm.wire.BadAnswerException;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.handler.llm.wire.PartialAnswer;
import io.jobyard.handler.llm.wire.ServerSentEvents;
import io.jobyard.handler.llm.wire.TokenUsage;
import io.jobyard.handler.llm.wire.WholeBody;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls one endpoint once, and settles the usage, whatever the result. */
final class ModelAttempt implements EndpointCall.Reader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JobContext context;
    private final AnswerListener listener;
    private final Endpoint endpoint;
    private final ServedModel model;
    private final EndpointCall call;
    private final Tokenizer tokenizer;
    private final ObjectNode body;
    private final PartialAnswer soFar;
    private final WholeBody whole;
    private @Nullable ServerSentEvents events;
    private boolean isUndecided = true;
    private boolean hasBegun;

    ModelAttempt(
            JobContext context,
            ModelQuery query,
            AnswerListener listener,
            Endpoint endpoint,
            ServedModel model,
            EndpointCall call,
            Tokenizer tokenizer) {
        this.context = context;
        this.listener = listener;
        this.endpoint = endpoint;
        this.model = model;
        this.call = call;
        this.tokenizer = tokenizer;
        body = endpoint.wire().chat(query, model.upstream(), maxTokens(query, endpoint));
        whole = new WholeBody(endpoint.answers().maxBytes());
        soFar = new PartialAnswer(endpoint.answers().maxBytes(), query.responseSchema() != null);
    }

    static int maxTokens(ModelQuery query, Endpoint endpoint) {
        return query.maxTokens() == null ? endpoint.answers().maxTokens() : query.maxTokens();
    }

    CompletableFuture<ModelAnswer> run() {
        return call.send(endpoint.wire().chatPath(), body, this).thenApply(this::ended);
    }

    @Override
    public void begin(HttpHeaders headers) {
        if (headers.firstValue("content-type").orElse("").startsWith("text/event-stream")) {
            events = new ServerSentEvents(endpoint.answers().maxBytes());
        }
    }

    @Override
    public void take(List<ByteBuffer> bytes) {
        if (events != null) {
            take(events, bytes);
            return;
        }
        whole.take(bytes);
        if (isUndecided && whole.isTelling()) {
            decide();
        }
    }

    /** Reads the body as events if it begins as such. */
    private void decide() {
        isUndecided = false;
        if (whole.beginsWithEvents()) {
            events = new ServerSentEvents(endpoint.answers().maxBytes());
            take(events, List.of(whole.bytes()));
        }
    }

    private void take(ServerSentEvents from, List<ByteBuffer> bytes) {
        hasBegun = true;
        try {
            bytes.forEach(
                    part -> from.take(part).forEach(event -> endpoint.wire().add(event, soFar)));
        } finally {
            tell();
        }
    }

    /** Returns the answer. Settles the usage, whatever the result. */
    private ModelAnswer ended(@Nullable Throwable fault) {
        if (fault instanceof ModelCallException free) {
            throw free;
        }
        Settlement settlement = new Settlement(context, endpoint, model);
        Throwable broken = finish(fault);
        if (broken != null) {
            settlement.settleBroken(usage());
            call.tellRemaining();
            throw call.failures.broken(broken, hasBegun);
        }
        TokenUsage usage = usage();
        Double cost = settlement.settle(usage);
        call.tellRemaining();
        return new ModelAnswer(
                soFar.text(), soFar.toolCalls(), model.name(), endpoint.name(), soFar.finishReason(), usage, cost);
    }

    /** Reads the rest. Returns the reason why the answer is incomplete; null if all its data has arrived, whatever happened then. */
    private @Nullable Throwable finish(@Nullable Throwable fault) {
        try {
            if (fault == null && events == null && isUndecided) {
                decide();
            }
            if (events != null) {
                boolean isLate = fault == null
                        || CallFailures.isOfEndpoint(fault) && !(fault instanceof AnswerTooLargeException);
                return isLate && soFar.isFinished() ? null : missing(fault);
            }
            if (!EndpointCall.isComplete(fault, whole)) {
                return fault;
            }
            endpoint.wire().add(json(whole.text()), soFar);
            tell();
            return null;
        } catch (RuntimeException e) { // of the answer, or of the run's output
            return e;
        }
    }

    private static Throwable missing(@Nullable Throwable fault) {
        return fault == null ? new BadAnswerException("the response stream ended early") : fault;
    }

    /** Reports received text immediately. */
    private void tell() {
        listener.came(endpoint.name(), soFar.takeFresh(), soFar.length());
    }

    private static JsonNode json(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // its message quotes the response
        }
        throw new BadAnswerException("it is not a JSON object");
    }

    /** Returns the usage reported by the provider, or an estimate. */
    private TokenUsage usage() {
        Long input = soFar.inputTokens();
        Long output = soFar.isFinished() ? soFar.outputTokens() : null; // a number reported before the end is not final
        return new TokenUsage(
                input != null ? input : new PromptTokens(tokenizer).of(body),
                soFar.cachedTokens(),
                output != null ? output : tokenizer.count(soFar.received()));
    }
}
