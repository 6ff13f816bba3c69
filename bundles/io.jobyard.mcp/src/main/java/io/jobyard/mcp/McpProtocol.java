// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobyardException;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.Caller;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol, whatever carries it: a message in, an answer out. Keeps nothing of clients but of those that listen. */
final class McpProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(McpProtocol.class);

    private static final String LISTEN = "subscriptions/listen";

    private final McpServices services;
    private final StatelessRevision stateless;
    private final Revision initialized;

    McpProtocol(McpServices services, Supplier<McpSettings> settings, String version) {
        this.services = services;
        ToolRequests tools = new ToolRequests(services, new ToolCalls(services, settings));
        stateless = new StatelessRevision(tools, new Instructions(version));
        initialized = new InitializedRevision(tools, new Instructions(version));
    }

    /**
     * Answers a message.
     *
     * @param caller who sends it
     * @param text the message
     * @param headers those of HTTP by their names, null for one that is not there; null on streams
     * @param channel the way back
     */
    RpcAnswer answer(
            Caller caller, String text, @Nullable UnaryOperator<@Nullable String> headers, ReplyChannel channel)
            throws InterruptedException {
        RpcRequest request;
        try {
            request = RpcRequest.read(text);
        } catch (RpcFault e) {
            return RpcAnswer.error(null, e);
        }
        Object id = request.id();
        if (id == null) {
            channel.heard(request);
            return RpcAnswer.NONE;
        }
        boolean isStateless = isStateless(request, headers);
        try {
            return isStateless
                    ? stateless(caller, request, headers, channel)
                    : RpcAnswer.result(id, initialized(caller, request, headers, channel));
        } catch (RpcFault e) {
            return RpcAnswer.error(id, e);
        } catch (JobyardException e) {
            return RpcAnswer.error(id, RpcFault.of(code(e), String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("{} failed", request.method(), e);
            return RpcAnswer.error(
                    id, RpcFault.of(RpcFault.INTERNAL, "an error in Jobyard; the host's log has the details"));
        }
    }

    /** A client says by each request that it speaks a revision since 2026-07-28. */
    private static boolean isStateless(RpcRequest request, @Nullable UnaryOperator<@Nullable String> headers) {
        return request.meta().containsKey(ClientClaims.VERSION)
                || request.method().equals("server/discover")
                || headers != null && StatelessRevision.VERSION.equals(headers.apply(HeaderCheck.VERSION));
    }

    /** What a client is told that has opened a stream of an older revision. */
    Subscription listen(Caller caller) {
        return services.listening()
                .begin(new Subscription(
                        null,
                        new ListenRequest(true, Set.of()),
                        new Subscription.Questions(() -> services.tools().told(caller), job -> Map.of())));
    }

    private RpcAnswer stateless(
            Caller caller, RpcRequest request, @Nullable UnaryOperator<@Nullable String> headers, ReplyChannel channel)
            throws InterruptedException {
        ClientClaims.of(request);
        if (headers != null) {
            HeaderCheck check = new HeaderCheck(request, headers);
            check.standard();
            if (request.method().equals("tools/call") && request.params().get("name") instanceof String name) {
                services.tools().find(caller, name).ifPresent(tool -> check.arguments(tool.schema()));
            }
        }
        if (!request.method().equals(LISTEN)) {
            return RpcAnswer.result(Objects.requireNonNull(request.id()), stateless.answer(caller, request, channel));
        } else if (!channel.carriesMore()) {
            throw RpcFault.malformed(
                    RpcFault.INVALID_REQUEST, LISTEN + " is answered by a stream; accept text/event-stream");
        }
        return RpcAnswer.of(services.listening().begin(stateless.listen(caller, request)));
    }

    private Map<String, @Nullable Object> initialized(
            Caller caller, RpcRequest request, @Nullable UnaryOperator<@Nullable String> headers, ReplyChannel channel)
            throws InterruptedException {
        String version = headers == null ? null : headers.apply(HeaderCheck.VERSION);
        if (version != null && !InitializedRevision.VERSIONS.contains(version)) {
            throw RpcFault.malformed(
                    RpcFault.INVALID_REQUEST,
                    HeaderCheck.VERSION + " " + version + " is not spoken here; use "
                            + InitializedRevision.VERSIONS.get(0) + " or " + StatelessRevision.VERSION);
        }
        try {
            return initialized.answer(caller, request, channel);
        } catch (RpcFault e) {
            throw e.withoutStatus(); // by their revisions 404 says that a session is over
        }
    }

    private static int code(JobyardException fault) {
        return fault instanceof StoreException || fault instanceof QuotaException
                ? RpcFault.INTERNAL
                : RpcFault.INVALID_PARAMS;
    }
}
