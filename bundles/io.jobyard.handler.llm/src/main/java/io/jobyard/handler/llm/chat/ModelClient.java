// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunUsage;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.endpoints.Endpoints;
import io.jobyard.handler.llm.endpoints.ServedModel;
import io.jobyard.handler.llm.tools.Tokenizer;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.handler.llm.wire.OpenAiWire;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Client of models for the handlers of this bundle. */
@Component(service = ModelClient.class)
public final class ModelClient {

    private final Endpoints endpoints;
    private final ModelHttp http;
    private final Tokenizer tokenizer;
    private final ModelCallBounds bounds;
    private final Clock clock;

    @Activate
    public ModelClient(
            @Reference Endpoints endpoints,
            @Reference ModelHttp http,
            @Reference Tokenizer tokenizer,
            @Reference Clock clock) {
        this.endpoints = endpoints;
        this.http = http;
        this.tokenizer = tokenizer;
        bounds = new ModelCallBounds(endpoints, tokenizer);
        this.clock = clock;
    }

    /**
     * Calls a model once for the job, in a step that stores the answer. Text is emitted as it arrives. The usage is reported to the run
     * before the step is stored. If the endpoint fails or rejects the call, the same step tries its fallbacks.
     *
     * @param step name of the step, unique in the job
     * @return answer; from an earlier run if that stored it. The stage fails as of {@link #ask}
     */
    CompletionStage<ModelAnswer> call(JobContext context, String step, ModelQuery query) {
        begin(context);
        return context.stepAsync(AsyncStep.of(
                        step,
                        ModelAnswer.class,
                        () -> ask(context, step, query, AnswerListener.telling(context), Function.identity()))
                .estimated(() -> estimate(query)));
    }

    /** Returns the estimate of a call, for steps that the caller defines. */
    public Map<String, Double> estimate(ModelQuery query) {
        return bounds.of(query).map(ModelCallBounds.Most::estimate).orElse(Map.of());
    }

    /**
     * Releases estimated amounts that this run does not use. For handlers that call {@link #ask} in their own steps.
     */
    public static void begin(RunUsage context) {
        Settlement.begin(context);
    }

    /**
     * Calls a model once, within a step of the caller. The usage is reported to the run.
     *
     * @param step name of that step, which takes the amounts of {@link #estimate} from the job's limits
     * @param listener receives the answer as it arrives
     * @param then converts the answer, within the step
     * @return converted answer. The future fails with a {@link io.jobyard.api.handler.RetryableException} if the next attempt may succeed, with a
     * {@link io.jobyard.api.handler.RateLimitedException} if the endpoint is over its rate limit, and with a {@link PermanentException} if
     * the call is rejected permanently. Cancelling it closes the connection; it fails after that, when the usage so far is reported
     * @throws PermanentException if the endpoint or model is unknown
     */
    public <T> CompletableFuture<T> ask(
            JobContext context, String step, ModelQuery query, AnswerListener listener, Function<ModelAnswer, T> then) {
        return asking(
                context,
                step,
                query.endpoint(),
                query.model(),
                (endpoint, call) -> new ModelAttempt(
                                context,
                                query,
                                listener,
                                endpoint,
                                model(context, endpoint, query.model()),
                                call,
                                tokenizer)
                        .run()
                        .thenApply(then));
    }

    /** Requests the vectors of texts once for the job, like {@link #call}. Only endpoints with the wire {@code openai} support this. */
    CompletionStage<EmbeddedBatch> embed(JobContext context, String step, EmbedPayload payload, List<String> texts) {
        begin(context);
        return context.stepAsync(AsyncStep.of(step, EmbeddedBatch.class, () -> embedded(context, step, payload, texts))
                .estimated(() -> bounds.ofEmbedding(payload, texts)
                        .map(ModelCallBounds.Most::estimate)
                        .orElse(Map.of())));
    }

    private CompletableFuture<EmbeddedBatch> embedded(
            JobContext context, String step, EmbedPayload payload, List<String> texts) {
        return asking(context, step, payload.endpoint(), payload.model(), (endpoint, call) -> {
            if (!endpoint.wire().name().equals(OpenAiWire.NAME)) {
                throw new PermanentException(
                        "endpoint " + endpoint.name() + " does not support embeddings: its wire is "
                                + endpoint.wire().name() + "; use an endpoint with wire = " + OpenAiWire.NAME);
            }
            ServedModel model = model(context, endpoint, payload.model());
            return new EmbedAttempt(context, endpoint, model, call, tokenizer, texts).run();
        });
    }

    /** Asks the endpoint. While calls fail in a way that allows another endpoint, asks its fallbacks in order. */
    private <T> CompletableFuture<T> asking(
            JobContext context, String step, @Nullable String name, String model, EndpointTries.Attempt<T> attempt) {
        Endpoint first = endpoints.serving(name, model);
        List<Endpoint> all = new ArrayList<>(List.of(first));
        all.addAll(endpoints.fallbacks(first, model));
        return new EndpointTries<>(
                context,
                all,
                endpoint -> new EndpointCall(context, step, endpoint, endpoint == first, http, clock),
                attempt);
    }

    /** Returns the cheaper model while a budget is low, otherwise the given one. */
    private static ServedModel model(RunUsage context, Endpoint endpoint, String name) {
        ServedModel model = endpoint.model(name).orElseThrow();
        return model.cheaper() == null || !context.isBudgetLow("usd")
                ? model
                : endpoint.model(model.cheaper()).orElseThrow();
    }
}
