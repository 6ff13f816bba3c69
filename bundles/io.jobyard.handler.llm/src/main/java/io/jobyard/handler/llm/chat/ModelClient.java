// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunUsage;
import io.jobyard.api.handler.Step;
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
import java.util.Objects;
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
     * @return answer; from an earlier run if that stored it
     * @throws io.jobyard.api.handler.RetryableException if the next attempt may succeed
     * @throws io.jobyard.api.handler.RateLimitedException if the endpoint is over its rate limit
     * @throws io.jobyard.api.handler.PermanentException if the endpoint or model is unknown, or the call is rejected permanently
     * @throws InterruptedException if the run must end; the connection is closed, and the usage so far is reported
     * @throws Exception exception of {@link JobContext#step}
     */
    public ModelAnswer call(JobContext context, String step, ModelQuery query) throws Exception {
        begin(context);
        return context.step(
                Step.of(step, ModelAnswer.class, () -> ask(context, step, query, AnswerListener.telling(context)))
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
     * @throws io.jobyard.api.handler.RetryableException if the next attempt may succeed
     * @throws io.jobyard.api.handler.RateLimitedException if the endpoint is over its rate limit
     * @throws io.jobyard.api.handler.PermanentException if the endpoint or model is unknown, or the call is rejected permanently
     * @throws InterruptedException if the run must end; the connection is closed, and the usage so far is reported
     */
    public ModelAnswer ask(JobContext context, String step, ModelQuery query, AnswerListener listener)
            throws InterruptedException {
        return asking(
                context,
                step,
                query.endpoint(),
                query.model(),
                (endpoint, model, call) ->
                        new ModelAttempt(context, query, listener, endpoint, model, call, tokenizer).run());
    }

    /**
     * Requests the vectors of texts once for the job, like {@link #call}. Only endpoints with the wire {@code openai} support this.
     *
     * @param context context of the run
     * @param texts texts of one call
     * @return vectors of the texts
     * @throws Exception exception, as of {@link #call}
     */
    EmbeddedBatch embed(JobContext context, String step, EmbedPayload payload, List<String> texts) throws Exception {
        begin(context);
        return context.step(Step.of(step, EmbeddedBatch.class, () -> embedded(context, step, payload, texts))
                .estimated(() -> bounds.ofEmbedding(payload, texts)
                        .map(ModelCallBounds.Most::estimate)
                        .orElse(Map.of())));
    }

    private EmbeddedBatch embedded(JobContext context, String step, EmbedPayload payload, List<String> texts)
            throws InterruptedException {
        return asking(context, step, payload.endpoint(), payload.model(), (endpoint, model, call) -> {
            if (!endpoint.wire().name().equals(OpenAiWire.NAME)) {
                throw new PermanentException(
                        "endpoint " + endpoint.name() + " does not support embeddings: its wire is "
                                + endpoint.wire().name() + "; use an endpoint with wire = " + OpenAiWire.NAME);
            }
            return new EmbedAttempt(context, endpoint, model, call, tokenizer, texts).run();
        });
    }

    /** Asks one endpoint. */
    private interface EndpointAttempt<T> {
        T ask(Endpoint endpoint, ServedModel model, EndpointCall call) throws ModelCallException, InterruptedException;
    }

    /** Asks the endpoint. While calls fail in a way that allows another endpoint, asks its fallbacks in order. */
    private <T> T asking(
            JobContext context, String step, @Nullable String name, String model, EndpointAttempt<T> attempt)
            throws InterruptedException {
        Endpoint first = endpoints.serving(name, model);
        List<Endpoint> all = new ArrayList<>(List.of(first));
        all.addAll(endpoints.fallbacks(first, model));
        ModelCallException failure = null;
        for (Endpoint endpoint : all) {
            EndpointCall call = new EndpointCall(context, step, endpoint, endpoint == first, http, clock);
            try {
                return attempt.ask(endpoint, model(context, endpoint, model), call);
            } catch (ModelCallException e) {
                failure = failure == null ? e : failure.after(e);
                if (!e.isElsewherePossible()) {
                    break;
                }
                context.log(String.valueOf(e.getMessage()));
            }
        }
        throw Objects.requireNonNull(failure).forTheRun(); // the list has at least one endpoint
    }

    /** Returns the cheaper model while a budget is low, otherwise the given one. */
    private static ServedModel model(RunUsage context, Endpoint endpoint, String name) {
        ServedModel model = endpoint.model(name).orElseThrow();
        return model.cheaper() == null || !context.isBudgetLow("usd")
                ? model
                : endpoint.model(model.cheaper()).orElseThrow();
    }
}
