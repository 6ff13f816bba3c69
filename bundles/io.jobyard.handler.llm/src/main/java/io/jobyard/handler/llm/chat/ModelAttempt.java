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
import io.jobyard.handler.llm.wire.OpenAnswer;
import io.jobyard.handler.llm.wire.PartialAnswer;
import io.jobyard.handler.llm.wire.ProviderFailedException;
import io.jobyard.handler.llm.wire.ServerSentEvents;
import io.jobyard.handler.llm.wire.TokenUsage;
import io.jobyard.handler.llm.wire.WireJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Calls one endpoint once, on the thread of the run, and settles the usage, whatever the result. */
final class ModelAttempt {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JobContext context;
    private final AnswerListener listener;
    private final Endpoint endpoint;
    private final ServedModel model;
    private final EndpointCall call;
    private final Tokenizer tokenizer;
    private final ObjectNode body;
    private final PartialAnswer soFar;
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
        soFar = new PartialAnswer(endpoint.answers().maxBytes(), query.responseSchema() != null);
    }

    static int maxTokens(ModelQuery query, Endpoint endpoint) {
        return query.maxTokens() == null ? endpoint.answers().maxTokens() : query.maxTokens();
    }

    ModelAnswer run() throws ModelCallException, InterruptedException {
        Settlement settlement = new Settlement(context, endpoint, model);
        try (OpenAnswer answer = call.send(endpoint.wire().chatPath(), body)) {
            read(answer);
        } catch (IOException
                | TimeoutException
                | BadAnswerException
                | AnswerTooLargeException
                | ProviderFailedException e) {
            settleBroken(settlement);
            throw call.failures.broken(e, hasBegun);
        } catch (InterruptedException | RuntimeException e) {
            settleBroken(settlement);
            throw e;
        }
        TokenUsage usage = usage();
        Double cost = settlement.settle(usage);
        call.tellRemaining();
        return new ModelAnswer(
                soFar.text(), soFar.toolCalls(), model.name(), endpoint.name(), soFar.finishReason(), usage, cost);
    }

    private void settleBroken(Settlement settlement) {
        settlement.settleBroken(usage());
        call.tellRemaining();
    }

    private void read(OpenAnswer answer) throws IOException, InterruptedException, TimeoutException {
        String type = answer.headers().firstValue("content-type").orElse("");
        if (type.startsWith("text/event-stream") || answer.beginsWithEvents()) {
            try {
                readEvents(answer);
            } catch (IOException | TimeoutException | ProviderFailedException | BadAnswerException e) {
                if (!soFar.isFinished()) { // all data has arrived, only the end of the stream is missing
                    throw e;
                }
            }
            if (!soFar.isFinished()) {
                throw new BadAnswerException("the response stream ended early");
            }
        } else {
            endpoint.wire().add(json(answer.text(endpoint.answers().maxBytes(), WireJson::isObject)), soFar);
            tell();
        }
    }

    private void readEvents(OpenAnswer answer) throws IOException, InterruptedException, TimeoutException {
        ServerSentEvents events = new ServerSentEvents(endpoint.answers().maxBytes());
        for (List<ByteBuffer> part = answer.next(); !part.isEmpty(); part = answer.next()) {
            hasBegun = true;
            try {
                part.forEach(bytes ->
                        events.take(bytes).forEach(event -> endpoint.wire().add(event, soFar)));
            } finally {
                tell();
            }
        }
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
