// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.views.api.AcceptHeader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reply over HTTP: JSON, or an event stream from the first notification if the client accepts streams. Serves one request. */
final class HttpChannel implements ReplyChannel, HttpWriter.TextSource {

    static final String EVENTS = "text/event-stream";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final boolean takesEvents;
    private final boolean takesJson;
    private final Deque<Map<String, ?>> notifications = new ArrayDeque<>();
    private @Nullable RpcAnswer answer;
    private @Nullable HttpWriter writer;
    private boolean streams;
    private boolean over;

    HttpChannel(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
        AcceptHeader accept = AcceptHeader.of(String.join(",", Collections.list(request.getHeaders("Accept"))));
        takesEvents = accept.accepts(EVENTS);
        takesJson = accept.accepts(McpServlet.JSON);
    }

    /** Returns whether the client accepts neither JSON nor an event stream. */
    boolean isRefused() {
        return !takesEvents && !takesJson;
    }

    @Override
    public boolean carriesMore() {
        return takesEvents;
    }

    @Override
    public void tell(Map<String, ?> notification) {
        synchronized (this) {
            notifications.add(notification);
        }
        wake();
    }

    /** Sets the headers of an event stream. */
    static void begin(HttpServletResponse response) {
        response.setContentType(EVENTS + ";charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    static byte[] event(String message) {
        return ("event: message\ndata: " + message + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Sends an answer that is already available, on the thread of the request. */
    void answer(RpcAnswer whole) throws IOException {
        synchronized (this) {
            answer = whole;
        }
        for (byte[] next = next(); next != null; next = next()) {
            response.getOutputStream().write(next);
        }
    }

    /** Releases the thread of the request: the answer follows later. */
    void waits() throws IOException {
        HttpWriter begun = HttpWriter.begin(request, response, this);
        synchronized (this) {
            writer = begun;
        }
        begun.write(); // notifications that have arrived meanwhile
    }

    /** Sends the answer after the wait. */
    void answerLater(RpcAnswer whole) {
        synchronized (this) {
            answer = whole;
        }
        wake();
    }

    private void wake() {
        HttpWriter begun;
        synchronized (this) {
            begun = writer;
        }
        if (begun != null) {
            begun.write();
        }
    }

    @Override
    public synchronized byte @Nullable [] next() {
        Map<String, ?> notification = notifications.poll();
        if (notification != null) {
            if (!streams) {
                streams = true;
                begin(response);
            }
            return event(RpcAnswer.text(notification));
        }
        RpcAnswer last = answer;
        if (last == null || over) {
            return null;
        }
        over = true;
        return bytes(last);
    }

    private byte @Nullable [] bytes(RpcAnswer last) {
        if (streams) {
            return last.body() == null ? null : event(last.text());
        }
        response.setStatus(last.status());
        if (last.body() == null) {
            return null;
        }
        if (!takesJson && last.status() == HttpServletResponse.SC_OK) {
            begin(response);
            return event(last.text());
        }
        byte[] body = last.text().getBytes(StandardCharsets.UTF_8);
        response.setContentType(McpServlet.JSON);
        response.setContentLength(body.length);
        return body;
    }

    @Override
    public synchronized boolean isFinished() {
        return over && notifications.isEmpty();
    }

    @Override
    public synchronized void end() {
        over = true;
        notifications.clear();
    }
}
