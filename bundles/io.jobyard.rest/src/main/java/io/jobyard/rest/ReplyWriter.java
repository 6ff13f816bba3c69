// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.RequestFault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes answers. */
final class ReplyWriter {

    private ReplyWriter() {}

    static Reply problem(RequestFault problem, Instant now) {
        Reply reply = Reply.of(ErrorView.PROBLEM, problem).status(problem.status());
        return problem.retryAfter(now)
                .map(seconds -> reply.header("Retry-After", seconds))
                .orElse(reply);
    }

    static void write(Reply reply, HttpServletRequest http, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return; // the client has disconnected, or notices the end of its stream
        }
        response.setStatus(reply.status());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        reply.headers().forEach(response::setHeader);
        if (reply.status() == HttpServletResponse.SC_NOT_MODIFIED) {
            return;
        }
        byte[] body = JsonWriter.compact(reply.json()).getBytes(StandardCharsets.UTF_8);
        response.setContentType(reply.view() == ErrorView.PROBLEM ? ErrorView.MEDIA_TYPE : Representation.JSON);
        response.setContentLength(body.length);
        if (!http.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
