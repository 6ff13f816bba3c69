// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way back by HTTP: JSON, or a stream of events from the first notification on if the client takes one. For one request. */
final class HttpChannel implements ReplyChannel {

    static final String EVENTS = "text/event-stream";

    private static final Logger LOG = LoggerFactory.getLogger(HttpChannel.class);

    private final HttpServletResponse response;
    private final boolean takesEvents;
    private boolean streams;

    HttpChannel(HttpServletRequest request, HttpServletResponse response) {
        this.response = response;
        String accept = request.getHeader("Accept");
        takesEvents = accept != null && accept.contains(EVENTS);
    }

    @Override
    public boolean carriesMore() {
        return takesEvents;
    }

    @Override
    public void tell(Map<String, ?> notification) {
        begin(response);
        streams = true;
        try {
            write(RpcAnswer.text(notification));
        } catch (IOException e) {
            LOG.debug("A client of MCP is gone, its job goes on: {}", e.toString());
        }
    }

    /** The headers of a stream of events. */
    static void begin(HttpServletResponse response) {
        response.setContentType(EVENTS + ";charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    static byte[] event(String message) {
        return ("event: message\ndata: " + message + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private void write(String message) throws IOException {
        response.getOutputStream().write(event(message));
        response.flushBuffer();
    }

    /** Sends the answer that is whole. */
    void answer(RpcAnswer answer) throws IOException {
        if (streams) {
            write(answer.text());
            return;
        }
        response.setStatus(answer.status());
        if (answer.body() != null) {
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            response.setContentType(McpServlet.JSON);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
