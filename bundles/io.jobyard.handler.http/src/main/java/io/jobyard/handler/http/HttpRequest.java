// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.settings.api.Instance;
import java.net.InetAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Handler of HTTP requests to configured origins. It holds no thread while it waits. */
@Component
@HandlesJob(
        value = "http_request",
        privileged = true,
        description = "Sends an HTTP request to a host that the configuration allows, and returns the status, "
                + "headers and body of the response. Its effects depend on that host.")
public final class HttpRequest implements TypedAsyncJobHandler<CallPayload, Map<String, Object>> {

    private final Supplier<HttpRequestSettings> settings;
    private final Clock clock;
    private final CallClient client;
    private final CallGuard guard;

    @Activate
    public HttpRequest(@Reference HttpRequestSettingsComponent settings, @Reference Instance instance) {
        this(
                settings::current,
                instance.clock(),
                name -> List.of(InetAddress.getAllByName(name)),
                new CallClient(new SslContextFactory.Client()));
    }

    HttpRequest(Supplier<HttpRequestSettings> settings, Clock clock, NameResolver resolver, CallClient client) {
        this.settings = settings;
        this.clock = clock;
        this.client = client;
        guard = new CallGuard(settings, resolver);
    }

    @Deactivate
    public void stop() {
        client.stop();
    }

    @Override
    public CompletionStage<Map<String, Object>> handle(CallPayload payload, JobContext context) {
        long begun = System.nanoTime();
        OutgoingRequest request = RequestReader.read(payload, context.job().id().toString(), clock.instant());
        CallBounds bounds = CallBounds.of(payload, settings.get());
        StatusVerdict verdict = new StatusVerdict(payload.expect(), clock, context::redact, context);
        CompletableFuture<Map<String, Object>> run = new CompletableFuture<>();
        new HttpCaller(client.started(), guard, bounds, run).call(request).whenComplete((call, fault) -> {
            try {
                FollowedCall answered = fault == null ? call : failed(request, HttpCaller.cause(fault));
                verdict.require(answered, request.isRepeatable());
                requireWhole(answered, bounds);
                run.complete(result(answered, System.nanoTime() - begun));
            } catch (Throwable e) { // the stage reports it
                run.completeExceptionally(HttpCaller.cause(e));
            }
        });
        return run;
    }

    private static void requireWhole(FollowedCall call, CallBounds bounds) {
        if (call.answer().isCut()) {
            throw new PermanentException("the response of " + call.target().origin() + " is larger than "
                    + bounds.maxBytes() + " bytes: raise maxBytes, or response.max.bytes in "
                    + HttpRequestSettings.PID);
        }
    }

    private static FollowedCall failed(OutgoingRequest request, Throwable fault) {
        if (fault instanceof CallFailedException e && e.wasSent() && !request.isRepeatable()) {
            throw new PermanentException(notAgain(String.valueOf(e.getMessage())));
        }
        throw new CompletionException(fault);
    }

    /** Appends the reason why a request is not retried. */
    static String notAgain(String message) {
        return message
                + " (not retried: the server may have processed the request, and the payload has no idempotencyKey)";
    }

    private static Map<String, Object> result(FollowedCall call, long nanos) {
        CallAnswer answer = call.answer();
        AnswerBody body = AnswerBody.of(answer.body(), answer.header("content-type"));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", answer.status());
        result.put("headers", headers(answer));
        result.put("body", body.value());
        result.put("bodyType", body.type());
        result.put("bytes", answer.body().length);
        result.put("url", call.target().url());
        result.put("redirects", call.redirects());
        result.put("millis", TimeUnit.NANOSECONDS.toMillis(nanos));
        return result;
    }

    /** Returns the headers by name: a text, or a list for a repeated header. */
    private static Map<String, Object> headers(CallAnswer answer) {
        Map<String, Object> headers = new TreeMap<>();
        answer.headers().forEach((name, values) -> headers.put(name, values.size() == 1 ? values.get(0) : values));
        return headers;
    }
}
