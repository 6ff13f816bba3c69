// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.JobyardException;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.ProblemView;
import io.jobyard.views.api.ProblemView.RequestProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Answers with a problem document. */
final class ProblemAnswer {

    static final String UNSIGNED = "unauthenticated";
    static final String FOREIGN = "foreign_origin";
    static final String MALFORMED = "malformed_request";

    private ProblemAnswer() {}

    static byte[] bytes(int status, String code, String message) {
        return bytes(new RequestProblem(status, code, message));
    }

    private static byte[] bytes(RequestProblem problem) {
        return JsonWriter.compact(ProblemView.PROBLEM.json(problem)).getBytes(StandardCharsets.UTF_8);
    }

    static void send(HttpServletResponse response, int status, String code, String message) throws IOException {
        send(response, new RequestProblem(status, code, message));
    }

    private static void send(HttpServletResponse response, RequestProblem problem) throws IOException {
        if (response.isCommitted()) {
            return; // a response that has started cannot be replaced
        }
        byte[] body = bytes(problem);
        response.setStatus(problem.status());
        response.setContentType(ProblemView.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Sends a fault, with the time of the next try if the fault has one. */
    static void send(HttpServletResponse response, JobyardException fault, Clock clock) throws IOException {
        RequestProblem problem = ProblemView.of(fault);
        problem.retryAfter(clock.instant()).ifPresent(seconds -> response.setHeader("Retry-After", seconds));
        send(response, problem);
    }
}
