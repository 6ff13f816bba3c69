// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobyardException;
import io.jobyard.api.QuotaException;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.identity.Credential;
import io.jobyard.spi.identity.StreamPermit;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Protocol over HTTP: one POST per message. The authentication of the context has identified the caller. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=io.jobyard)",
            "osgi.http.whiteboard.servlet.pattern=/mcp",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true"
        })
public final class McpServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    /** Size allowed for the rest of a message in addition to its payload. */
    private static final int AROUND_BYTES = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(McpServlet.class);

    static final String JSON = "application/json";

    private final transient McpHost host;
    private final transient SizeLimits sizes;

    @Activate
    public McpServlet(@Reference McpHost host, @Reference SizeLimits sizes) {
        this.host = host;
        this.sizes = sizes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else if (!(request.getAttribute(Caller.class.getName()) instanceof Caller caller)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (!isJson(request.getContentType())) {
            response.setStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else {
            answer(caller, request, response);
        }
    }

    private static boolean isJson(String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(JSON);
    }

    private void answer(Caller caller, HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpChannel channel = new HttpChannel(request, response);
        if (channel.isRefused()) {
            response.setStatus(HttpServletResponse.SC_NOT_ACCEPTABLE);
            return;
        }
        int most = sizes.maxPayloadBytes() + AROUND_BYTES;
        byte[] message = request.getInputStream().readNBytes(most + 1);
        if (message.length > most) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        CompletableFuture<RpcAnswer> answer = host.protocol()
                .answer(caller, new String(message, StandardCharsets.UTF_8), request::getHeader, channel);
        if (!answer.isDone()) {
            channel.waits();
            Credential shown = shown(request);
            answer.thenAccept(whole -> channel.answerLater(letIn(shown).orElse(whole)));
            return;
        }
        RpcAnswer whole = answer.join();
        if (whole.goesOn() == null) {
            channel.answer(whole);
        } else {
            listen(request, response, whole.goesOn(), channel);
        }
    }

    /** Returns the answer that refuses a caller whose credentials are no longer valid; empty if they are valid. */
    private static Optional<RpcAnswer> letIn(Credential shown) {
        try {
            return shown.isGood() ? Optional.empty() : Optional.of(RpcAnswer.REVOKED);
        } catch (JobyardException e) {
            LOG.debug("Cannot check whether a token or session is still valid", e);
            return Optional.of(RpcAnswer.UNAVAILABLE);
        }
    }

    private static void listen(
            HttpServletRequest request, HttpServletResponse response, Subscription subscription, HttpChannel channel)
            throws IOException {
        Runnable uncount;
        try {
            uncount = permit(request).take();
        } catch (QuotaException e) {
            subscription.cancel();
            channel.answer(RpcAnswer.error(subscription.id(), RpcFault.of(e)));
            return;
        }
        HttpChannel.begin(response);
        HttpWriter writer =
                HttpWriter.begin(request, response, new HttpSubscription(subscription, shown(request), uncount));
        subscription.onNews(writer::write);
    }

    private static StreamPermit permit(HttpServletRequest request) {
        return request.getAttribute(StreamPermit.class.getName()) instanceof StreamPermit counted
                ? counted
                : StreamPermit.UNCOUNTED;
    }

    /** Returns the caller's credentials for repeated checks. Without authentication there is nothing to check again. */
    private static Credential shown(HttpServletRequest request) {
        return request.getAttribute(Credential.class.getName()) instanceof Credential credential
                ? credential
                : () -> true;
    }
}
