// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.JobyardException;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.RequestFault;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Sends problem documents as answers. */
final class ProblemAnswer {

    private ProblemAnswer() {}

    static byte[] bytes(RequestFault problem) {
        return JsonWriter.compact(ErrorView.PROBLEM.json(problem)).getBytes(StandardCharsets.UTF_8);
    }

    static void send(HttpServletResponse response, ErrorCode code, String message) throws IOException {
        send(response, RequestFault.of(code, message));
    }

    private static void send(HttpServletResponse response, RequestFault problem) throws IOException {
        if (response.isCommitted()) {
            return; // a response that has started cannot be replaced
        }
        byte[] body = bytes(problem);
        response.setStatus(problem.status());
        response.setContentType(ErrorView.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Sends an error, with its retry time if it has one. */
    static void send(HttpServletResponse response, JobyardException fault, Clock clock) throws IOException {
        RequestFault problem = RequestFault.of(fault);
        problem.retryAfter(clock.instant()).ifPresent(seconds -> response.setHeader("Retry-After", seconds));
        send(response, problem);
    }
}
