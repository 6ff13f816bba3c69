// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobyardException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.error.ErrorCode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transport-independent protocol: it takes a message and returns an answer. It keeps state only for clients that listen. */
final class McpProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(McpProtocol.class);

    private static final String LISTEN = "subscriptions/listen";

    private final McpServices services;
    private final StatelessRevision stateless;
    private final Revision initialized;

    McpProtocol(McpServices services, Supplier<McpSettings> settings, String version) {
        this.services = services;
        ToolRequests tools = new ToolRequests(services, new ToolInvoker(services, settings));
        stateless = new StatelessRevision(tools, new Instructions(version));
        initialized = new InitializedRevision(tools, new Instructions(version));
    }

    /**
     * Answers a message. The answer may complete only when a job is finished; no thread is held until then.
     *
     * @param caller the sender
     * @param headers returns an HTTP header by its name, or null if it is missing; null on streams
     */
    CompletableFuture<RpcAnswer> answer(
            Caller caller, String text, @Nullable UnaryOperator<@Nullable String> headers, ReplyChannel channel) {
        RpcRequest request;
        try {
            request = RpcRequest.read(text);
        } catch (RpcFault e) {
            return CompletableFuture.completedFuture(RpcAnswer.error(null, e));
        }
        Object id = request.id();
        if (id == null) {
            channel.heard(request);
            return CompletableFuture.completedFuture(RpcAnswer.NONE);
        }
        boolean isStateless = isStateless(request, headers);
        Optional<RpcFault> unspoken = isStateless ? Optional.empty() : unspoken(headers);
        if (unspoken.isPresent()) {
            return CompletableFuture.completedFuture(RpcAnswer.error(id, unspoken.get()));
        }
        try {
            CompletableFuture<RpcAnswer> answer = isStateless
                    ? stateless(caller, request, headers, channel)
                    : initialized.answer(caller, request, channel).thenApply(result -> RpcAnswer.result(id, result));
            return answer.exceptionally(fault -> failed(request, isStateless, fault));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(request, isStateless, e));
        }
    }

    private static RpcAnswer failed(RpcRequest request, boolean isStateless, Throwable thrown) {
        Throwable fault =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        Object id = request.id();
        if (fault instanceof RpcFault e) { // in older revisions 404 means that a session has ended
            return RpcAnswer.error(id, isStateless ? e : e.withoutStatus());
        } else if (fault instanceof JobyardException e) {
            return RpcAnswer.error(id, RpcFault.of(e));
        }
        LOG.error("{} failed", request.method(), fault);
        return RpcAnswer.error(
                id, RpcFault.of(ErrorCode.INTERNAL, "an error in Jobyard; the host's log has the details"));
    }

    /** Returns whether each request names its revision, as it does since 2026-07-28. */
    private static boolean isStateless(RpcRequest request, @Nullable UnaryOperator<@Nullable String> headers) {
        return request.meta().containsKey(ClientClaims.VERSION)
                || request.method().equals("server/discover")
                || headers != null && StatelessRevision.VERSION.equals(headers.apply(HeaderCheck.VERSION));
    }

    /** Subscribes a client of an older revision that has opened a stream. */
    Subscription listen(Caller caller) {
        return services.listening()
                .begin(new Subscription(
                        null,
                        new ListenRequest(true, Set.of()),
                        new Subscription.Questions(() -> services.tools().told(caller), job -> Map.of())));
    }

    private CompletableFuture<RpcAnswer> stateless(
            Caller caller,
            RpcRequest request,
            @Nullable UnaryOperator<@Nullable String> headers,
            ReplyChannel channel) {
        ClientClaims.of(request);
        if (headers != null) {
            HeaderCheck check = new HeaderCheck(request, headers);
            check.standard();
            if (request.method().equals("tools/call") && request.params().get("name") instanceof String name) {
                services.tools().find(caller, name).ifPresent(tool -> check.arguments(tool.schema()));
            }
        }
        if (!request.method().equals(LISTEN)) {
            Object id = Objects.requireNonNull(request.id());
            return stateless.answer(caller, request, channel).thenApply(result -> RpcAnswer.result(id, result));
        } else if (!channel.carriesMore()) {
            throw RpcFault.malformed(
                    RpcFault.INVALID_REQUEST, "the answer to " + LISTEN + " is a stream; accept text/event-stream");
        }
        return CompletableFuture.completedFuture(
                RpcAnswer.of(services.listening().begin(stateless.listen(caller, request))));
    }

    private static Optional<RpcFault> unspoken(@Nullable UnaryOperator<@Nullable String> headers) {
        String version = headers == null ? null : headers.apply(HeaderCheck.VERSION);
        return version == null || InitializedRevision.VERSIONS.contains(version)
                ? Optional.empty()
                : Optional.of(RpcFault.malformed(
                        RpcFault.INVALID_REQUEST,
                        HeaderCheck.VERSION + " " + version + " is not supported; use "
                                + InitializedRevision.VERSIONS.get(0) + " or " + StatelessRevision.VERSION));
    }
}
