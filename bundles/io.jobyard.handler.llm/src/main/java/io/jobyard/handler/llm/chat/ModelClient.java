// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.endpoints.Endpoints;
import io.jobyard.handler.llm.endpoints.ServedModel;
import io.jobyard.handler.llm.tools.Tokenizer;
import io.jobyard.handler.llm.wire.ModelQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks models for handlers of this bundle. Safe for use by several threads. */
@Component(service = ModelClient.class)
public final class ModelClient {

    private final Endpoints endpoints;
    private final ModelHttp http;
    private final Tokenizer tokenizer;
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
        this.clock = clock;
    }

    /**
     * Asks a model once for the job: a step, which stores the answer. Text is emitted as it comes; what the call used is told to the run
     * before the step is stored. Where the endpoint fails or turns the call away, its fallbacks are asked in the same step.
     *
     * @param context of the run
     * @param step the name of the step: no other one of the job's has it
     * @param query what is asked
     * @return the answer, of an earlier run if one has stored it
     * @throws io.jobyard.api.handler.RetryableException if the next attempt may succeed
     * @throws io.jobyard.api.handler.RateLimitedException if the endpoint turned the call away
     * @throws io.jobyard.api.handler.PermanentException if there is no such endpoint or model, or the call is refused for good
     * @throws InterruptedException if the run is to end: the connection is closed, and what was received is told
     * @throws Exception what {@link JobContext#step} throws
     */
    public ModelAnswer call(JobContext context, String step, ModelQuery query) throws Exception {
        Settlement.begin(context);
        return context.step(step, ModelAnswer.class, () -> ask(context, query));
    }

    private ModelAnswer ask(JobContext context, ModelQuery query) throws InterruptedException {
        Endpoint first = endpoints.serving(query.endpoint(), query.model());
        List<Endpoint> all = new ArrayList<>(List.of(first));
        all.addAll(endpoints.fallbacks(first, query.model()));
        ModelCallException failure = null;
        for (Endpoint endpoint : all) {
            try {
                return ask(context, query, endpoint, endpoint == first);
            } catch (ModelCallException e) {
                failure = failure == null ? e : failure.after(e);
                if (!e.isElsewherePossible()) {
                    break;
                }
                context.log(e.getMessage());
            }
        }
        throw failure.forTheRun();
    }

    private ModelAnswer ask(JobContext context, ModelQuery query, Endpoint endpoint, boolean isFirst)
            throws ModelCallException, InterruptedException {
        EndpointCall call = new EndpointCall(context, endpoint, isFirst, http.client(), clock);
        ServedModel model = model(context, endpoint, query.model());
        return new ModelAttempt(context, query, endpoint, model, call, tokenizer).run();
    }

    /** The cheaper one while a budget is low. */
    private static ServedModel model(JobContext context, Endpoint endpoint, String name) {
        ServedModel model = endpoint.model(name).orElseThrow();
        return model.cheaper() == null || !context.isBudgetLow("usd")
                ? model
                : endpoint.model(model.cheaper()).orElseThrow();
    }
}
