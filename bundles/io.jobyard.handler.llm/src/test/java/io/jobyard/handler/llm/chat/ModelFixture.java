// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.JobContext;
import io.jobyard.doubles.FakeJobContext;
import io.jobyard.handler.llm.endpoints.ConfiguredEndpoint;
import io.jobyard.handler.llm.endpoints.Endpoints;
import io.jobyard.handler.llm.tools.Tokenizer;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.testkit.host.TestHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Handlers with endpoints on servers of this machine, which count tokens as the bundle does. */
public final class ModelFixture implements AfterEachCallback {

    public static final String KEY = "sk-test-0123456789";

    /** Its table is read once. */
    public static final Tokenizer TOKENIZER = new Tokenizer();

    public final Endpoints endpoints = new Endpoints(Duration.ZERO);
    public final ModelHttp http = new ModelHttp();
    public final ModelClient client = new ModelClient(endpoints, http, TOKENIZER, Clock.systemUTC());
    private final List<ModelServer> servers = new ArrayList<>();

    /** Serves the model {@code m}, at 2 and 8 usd for a million tokens. A key whose value is empty is left out. */
    public ModelServer endpoint(String name, ModelScript script, String... keysAndValues) {
        try {
            ModelServer server = ModelServer.start(script, TOKENIZER::count);
            servers.add(server);
            configure(name, server.url().toString(), keysAndValues);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void configure(String name, String url, String... keysAndValues) {
        Map<String, Object> raw = new HashMap<>(Map.of(
                "service.pid", "io.jobyard.llm.endpoints~" + name,
                "url", url,
                "wire", "openai",
                "secret", "key",
                "models", "m",
                "price.m", "2/8/1"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        raw.values().removeIf(""::equals);
        ConfiguredEndpoint endpoint = new ConfiguredEndpoint(raw);
        if (!endpoint.problems().isEmpty()) {
            throw new IllegalArgumentException(endpoint.problems().toString());
        }
        endpoints.bindEndpoint(endpoint);
    }

    Map<String, Object> handle(FakeJobContext context) throws Exception {
        return wait(chat(), context);
    }

    TestHost host() {
        return TestHost.withAsync(new ChatCompletion(client)).secrets(Map.of("key", KEY));
    }

    AsyncJobHandler chat() {
        ChatCompletion handler = new ChatCompletion(client);
        return context -> handler.handle(context.payload(ModelQuery.class), context);
    }

    /** The handler for hosts that have no secrets. */
    AsyncJobHandler withSecret() {
        AsyncJobHandler handler = chat();
        return context -> handler.handle(withSecret(context));
    }

    /** Waits for the handler's stage, and throws its exception. */
    private static Map<String, Object> wait(AsyncJobHandler handler, JobContext context) throws Exception {
        try {
            return handler.handle(context).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    public static JobContext withSecret(JobContext context) {
        return (JobContext) Proxy.newProxyInstance(
                JobContext.class.getClassLoader(), new Class<?>[] {JobContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("secret")) {
                        return KEY;
                    }
                    try {
                        return method.isDefault()
                                ? InvocationHandler.invokeDefault(proxy, method, arguments)
                                : method.invoke(context, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    static Map<String, Object> payload(String prompt) {
        return Map.of("model", "m", "messages", List.of(Map.of("role", "user", "content", prompt)));
    }

    static FakeJobContext asking(String prompt, Object... membersAndValues) {
        Map<String, Object> payload =
                new HashMap<>(Map.of("model", "m", "messages", List.of(Map.of("role", "user", "content", prompt))));
        for (int i = 0; i < membersAndValues.length; i += 2) {
            payload.put((String) membersAndValues[i], membersAndValues[i + 1]);
        }
        FakeJobContext context = new FakeJobContext(payload);
        context.secrets.put("key", KEY);
        context.job = job();
        return context;
    }

    private static Job job() {
        JobTerms terms = new JobTerms(
                ChatCompletion.TYPE,
                new JobTerms.RoutingTerms(null, 5, null),
                new JobTerms.RunRules(Duration.ofSeconds(60), 3),
                new JobTerms.DependencyTerms(DependencyPolicy.FAIL, Map.of()),
                new JobTerms.JobTimes(null, null, null),
                new JobTerms.Identity(null, null, Map.of(), null, null, null),
                new JobTerms.JobDemand(List.of(), Map.of()));
        JobState state = new JobState(
                JobStatus.RUNNING,
                null,
                Instant.EPOCH,
                null,
                null,
                new JobState.RunState(1, 1, null, "here", null, null));
        return new Job(new JobId(new UUID(0, 1)), "ann", Instant.EPOCH, terms, state);
    }

    /** All that the run has used of a unit. */
    static double used(FakeJobContext context, String unit) {
        return context.used.stream()
                .filter(used -> used.startsWith(unit + " "))
                .map(used -> new BigDecimal(used.substring(unit.length() + 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        servers.forEach(ModelServer::close);
        http.close();
    }
}
