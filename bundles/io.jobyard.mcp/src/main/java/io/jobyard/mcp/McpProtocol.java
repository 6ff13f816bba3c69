// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobyardException;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.Caller;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol, whatever carries it: a message in, an answer out. Keeps nothing of clients. */
final class McpProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(McpProtocol.class);

    private final McpServices services;
    private final Revision stateless;
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
     */
    RpcAnswer answer(Caller caller, String text, @Nullable UnaryOperator<@Nullable String> headers)
            throws InterruptedException {
        RpcRequest request;
        try {
            request = RpcRequest.read(text);
        } catch (RpcFault e) {
            return RpcAnswer.error(null, e);
        }
        Object id = request.id();
        if (id == null) {
            return RpcAnswer.NONE; // none of the notifications changes anything here
        }
        boolean isStateless = isStateless(request, headers);
        try {
            return RpcAnswer.result(
                    id, isStateless ? stateless(caller, request, headers) : initialized(caller, request, headers));
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

    private Map<String, @Nullable Object> stateless(
            Caller caller, RpcRequest request, @Nullable UnaryOperator<@Nullable String> headers)
            throws InterruptedException {
        ClientClaims.of(request);
        if (headers != null) {
            HeaderCheck check = new HeaderCheck(request, headers);
            check.standard();
            if (request.method().equals("tools/call") && request.params().get("name") instanceof String name) {
                services.tools().find(caller, name).ifPresent(tool -> check.arguments(tool.schema()));
            }
        }
        return stateless.answer(caller, request);
    }

    private Map<String, @Nullable Object> initialized(
            Caller caller, RpcRequest request, @Nullable UnaryOperator<@Nullable String> headers)
            throws InterruptedException {
        String version = headers == null ? null : headers.apply(HeaderCheck.VERSION);
        if (version != null && !InitializedRevision.VERSIONS.contains(version)) {
            throw RpcFault.malformed(
                    RpcFault.INVALID_REQUEST,
                    HeaderCheck.VERSION + " " + version + " is not spoken here; use "
                            + InitializedRevision.VERSIONS.get(0) + " or " + StatelessRevision.VERSION);
        }
        try {
            return initialized.answer(caller, request);
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
